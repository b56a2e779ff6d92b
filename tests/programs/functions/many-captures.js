// heap: 128k
// Closures, generators and async functions with more captured or suspended values than one closure holds.
function make(seed) {
    let v0 = seed + 0, v1 = seed + 1, v2 = seed + 2, v3 = seed + 3, v4 = seed + 4, v5 = seed + 5, v6 = seed + 6, v7 = seed + 7,
        v8 = seed + 8, v9 = seed + 9, v10 = seed + 10, v11 = seed + 11, v12 = seed + 12, v13 = seed + 13, v14 = seed + 14, v15 = seed + 15,
        v16 = seed + 16, v17 = seed + 17, v18 = seed + 18, v19 = seed + 19, v20 = seed + 20, v21 = seed + 21, v22 = seed + 22, v23 = seed + 23,
        v24 = seed + 24, v25 = seed + 25, v26 = seed + 26, v27 = seed + 27, v28 = seed + 28, v29 = seed + 29, v30 = seed + 30, v31 = seed + 31,
        v32 = seed + 32, v33 = seed + 33, v34 = seed + 34, v35 = seed + 35, v36 = seed + 36, v37 = seed + 37, v38 = seed + 38, v39 = seed + 39,
        v40 = seed + 40, v41 = seed + 41, v42 = seed + 42, v43 = seed + 43, v44 = seed + 44, v45 = seed + 45, v46 = seed + 46, v47 = seed + 47,
        v48 = seed + 48, v49 = seed + 49, v50 = seed + 50, v51 = seed + 51, v52 = seed + 52, v53 = seed + 53, v54 = seed + 54, v55 = seed + 55,
        v56 = seed + 56, v57 = seed + 57, v58 = seed + 58, v59 = seed + 59, v60 = seed + 60, v61 = seed + 61, v62 = seed + 62, v63 = seed + 63,
        v64 = seed + 64, v65 = seed + 65, v66 = seed + 66, v67 = seed + 67, v68 = seed + 68, v69 = seed + 69, v70 = seed + 70, v71 = seed + 71,
        v72 = seed + 72, v73 = seed + 73, v74 = seed + 74, v75 = seed + 75, v76 = seed + 76, v77 = seed + 77, v78 = seed + 78, v79 = seed + 79,
        v80 = seed + 80, v81 = seed + 81, v82 = seed + 82, v83 = seed + 83, v84 = seed + 84, v85 = seed + 85, v86 = seed + 86, v87 = seed + 87,
        v88 = seed + 88, v89 = seed + 89, v90 = seed + 90, v91 = seed + 91, v92 = seed + 92, v93 = seed + 93, v94 = seed + 94, v95 = seed + 95,
        v96 = seed + 96, v97 = seed + 97, v98 = seed + 98, v99 = seed + 99, v100 = seed + 100, v101 = seed + 101, v102 = seed + 102, v103 = seed + 103,
        v104 = seed + 104, v105 = seed + 105, v106 = seed + 106, v107 = seed + 107, v108 = seed + 108, v109 = seed + 109, v110 = seed + 110, v111 = seed + 111,
        v112 = seed + 112, v113 = seed + 113, v114 = seed + 114, v115 = seed + 115, v116 = seed + 116, v117 = seed + 117, v118 = seed + 118, v119 = seed + 119,
        v120 = seed + 120, v121 = seed + 121, v122 = seed + 122, v123 = seed + 123, v124 = seed + 124, v125 = seed + 125, v126 = seed + 126, v127 = seed + 127,
        v128 = seed + 128, v129 = seed + 129, v130 = seed + 130, v131 = seed + 131, v132 = seed + 132, v133 = seed + 133, v134 = seed + 134, v135 = seed + 135,
        v136 = seed + 136, v137 = seed + 137, v138 = seed + 138, v139 = seed + 139, v140 = seed + 140, v141 = seed + 141, v142 = seed + 142, v143 = seed + 143,
        v144 = seed + 144, v145 = seed + 145, v146 = seed + 146, v147 = seed + 147, v148 = seed + 148, v149 = seed + 149;
    const sum = () => v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 + v10 + v11 +
        v12 + v13 + v14 + v15 + v16 + v17 + v18 + v19 + v20 + v21 + v22 + v23 +
        v24 + v25 + v26 + v27 + v28 + v29 + v30 + v31 + v32 + v33 + v34 + v35 +
        v36 + v37 + v38 + v39 + v40 + v41 + v42 + v43 + v44 + v45 + v46 + v47 +
        v48 + v49 + v50 + v51 + v52 + v53 + v54 + v55 + v56 + v57 + v58 + v59 +
        v60 + v61 + v62 + v63 + v64 + v65 + v66 + v67 + v68 + v69 + v70 + v71 +
        v72 + v73 + v74 + v75 + v76 + v77 + v78 + v79 + v80 + v81 + v82 + v83 +
        v84 + v85 + v86 + v87 + v88 + v89 + v90 + v91 + v92 + v93 + v94 + v95 +
        v96 + v97 + v98 + v99 + v100 + v101 + v102 + v103 + v104 + v105 + v106 + v107 +
        v108 + v109 + v110 + v111 + v112 + v113 + v114 + v115 + v116 + v117 + v118 + v119 +
        v120 + v121 + v122 + v123 + v124 + v125 + v126 + v127 + v128 + v129 + v130 + v131 +
        v132 + v133 + v134 + v135 + v136 + v137 + v138 + v139 + v140 + v141 + v142 + v143 +
        v144 + v145 + v146 + v147 + v148 + v149;
    const bump = () => { v0++; v1++; v2++; v3++; v4++; v5++; v6++; v7++; v8++; v9++; v10++; v11++; v12++; v13++; v14++; v15++; v16++; v17++; v18++; v19++; v20++; v21++; v22++; v23++; v24++; v25++; v26++; v27++; v28++; v29++; v30++; v31++; v32++; v33++; v34++; v35++; v36++; v37++; v38++; v39++; v40++; v41++; v42++; v43++; v44++; v45++; v46++; v47++; v48++; v49++; v50++; v51++; v52++; v53++; v54++; v55++; v56++; v57++; v58++; v59++; v60++; v61++; v62++; v63++; v64++; v65++; v66++; v67++; v68++; v69++; v70++; v71++; v72++; v73++; v74++; v75++; v76++; v77++; v78++; v79++; v80++; v81++; v82++; v83++; v84++; v85++; v86++; v87++; v88++; v89++; v90++; v91++; v92++; v93++; v94++; v95++; v96++; v97++; v98++; v99++; v100++; v101++; v102++; v103++; v104++; v105++; v106++; v107++; v108++; v109++; v110++; v111++; v112++; v113++; v114++; v115++; v116++; v117++; v118++; v119++; v120++; v121++; v122++; v123++; v124++; v125++; v126++; v127++; v128++; v129++; v130++; v131++; v132++; v133++; v134++; v135++; v136++; v137++; v138++; v139++; v140++; v141++; v142++; v143++; v144++; v145++; v146++; v147++; v148++; v149++; };
    return { sum, bump };
}
const one = make(0), two = make(1000);
one.bump();
one.bump();
two.bump();
console.log(one.sum(), two.sum());
function* suspended(seed) {
    const v0 = seed * 0, v1 = seed * 1, v2 = seed * 2, v3 = seed * 3, v4 = seed * 4, v5 = seed * 5, v6 = seed * 6, v7 = seed * 7,
        v8 = seed * 8, v9 = seed * 9, v10 = seed * 10, v11 = seed * 11, v12 = seed * 12, v13 = seed * 13, v14 = seed * 14, v15 = seed * 15,
        v16 = seed * 16, v17 = seed * 17, v18 = seed * 18, v19 = seed * 19, v20 = seed * 20, v21 = seed * 21, v22 = seed * 22, v23 = seed * 23,
        v24 = seed * 24, v25 = seed * 25, v26 = seed * 26, v27 = seed * 27, v28 = seed * 28, v29 = seed * 29, v30 = seed * 30, v31 = seed * 31,
        v32 = seed * 32, v33 = seed * 33, v34 = seed * 34, v35 = seed * 35, v36 = seed * 36, v37 = seed * 37, v38 = seed * 38, v39 = seed * 39,
        v40 = seed * 40, v41 = seed * 41, v42 = seed * 42, v43 = seed * 43, v44 = seed * 44, v45 = seed * 45, v46 = seed * 46, v47 = seed * 47,
        v48 = seed * 48, v49 = seed * 49, v50 = seed * 50, v51 = seed * 51, v52 = seed * 52, v53 = seed * 53, v54 = seed * 54, v55 = seed * 55,
        v56 = seed * 56, v57 = seed * 57, v58 = seed * 58, v59 = seed * 59, v60 = seed * 60, v61 = seed * 61, v62 = seed * 62, v63 = seed * 63,
        v64 = seed * 64, v65 = seed * 65, v66 = seed * 66, v67 = seed * 67, v68 = seed * 68, v69 = seed * 69, v70 = seed * 70, v71 = seed * 71,
        v72 = seed * 72, v73 = seed * 73, v74 = seed * 74, v75 = seed * 75, v76 = seed * 76, v77 = seed * 77, v78 = seed * 78, v79 = seed * 79,
        v80 = seed * 80, v81 = seed * 81, v82 = seed * 82, v83 = seed * 83, v84 = seed * 84, v85 = seed * 85, v86 = seed * 86, v87 = seed * 87,
        v88 = seed * 88, v89 = seed * 89, v90 = seed * 90, v91 = seed * 91, v92 = seed * 92, v93 = seed * 93, v94 = seed * 94, v95 = seed * 95,
        v96 = seed * 96, v97 = seed * 97, v98 = seed * 98, v99 = seed * 99, v100 = seed * 100, v101 = seed * 101, v102 = seed * 102, v103 = seed * 103,
        v104 = seed * 104, v105 = seed * 105, v106 = seed * 106, v107 = seed * 107, v108 = seed * 108, v109 = seed * 109, v110 = seed * 110, v111 = seed * 111,
        v112 = seed * 112, v113 = seed * 113, v114 = seed * 114, v115 = seed * 115, v116 = seed * 116, v117 = seed * 117, v118 = seed * 118, v119 = seed * 119,
        v120 = seed * 120, v121 = seed * 121, v122 = seed * 122, v123 = seed * 123, v124 = seed * 124, v125 = seed * 125, v126 = seed * 126, v127 = seed * 127,
        v128 = seed * 128, v129 = seed * 129, v130 = seed * 130, v131 = seed * 131, v132 = seed * 132, v133 = seed * 133, v134 = seed * 134, v135 = seed * 135,
        v136 = seed * 136, v137 = seed * 137, v138 = seed * 138, v139 = seed * 139, v140 = seed * 140, v141 = seed * 141, v142 = seed * 142, v143 = seed * 143,
        v144 = seed * 144, v145 = seed * 145, v146 = seed * 146, v147 = seed * 147, v148 = seed * 148, v149 = seed * 149;
    let got = yield v0;
    for (let turn = 0; turn < 2; turn++) got += yield got + turn;
    yield v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 + v10 + v11 +
        v12 + v13 + v14 + v15 + v16 + v17 + v18 + v19 + v20 + v21 + v22 + v23 +
        v24 + v25 + v26 + v27 + v28 + v29 + v30 + v31 + v32 + v33 + v34 + v35 +
        v36 + v37 + v38 + v39 + v40 + v41 + v42 + v43 + v44 + v45 + v46 + v47 +
        v48 + v49 + v50 + v51 + v52 + v53 + v54 + v55 + v56 + v57 + v58 + v59 +
        v60 + v61 + v62 + v63 + v64 + v65 + v66 + v67 + v68 + v69 + v70 + v71 +
        v72 + v73 + v74 + v75 + v76 + v77 + v78 + v79 + v80 + v81 + v82 + v83 +
        v84 + v85 + v86 + v87 + v88 + v89 + v90 + v91 + v92 + v93 + v94 + v95 +
        v96 + v97 + v98 + v99 + v100 + v101 + v102 + v103 + v104 + v105 + v106 + v107 +
        v108 + v109 + v110 + v111 + v112 + v113 + v114 + v115 + v116 + v117 + v118 + v119 +
        v120 + v121 + v122 + v123 + v124 + v125 + v126 + v127 + v128 + v129 + v130 + v131 +
        v132 + v133 + v134 + v135 + v136 + v137 + v138 + v139 + v140 + v141 + v142 + v143 +
        v144 + v145 + v146 + v147 + v148 + v149 + got;
}
const steps = suspended(3);
console.log(steps.next().value, steps.next(1).value, steps.next(2).value, steps.next(3).value, steps.next().done);
(async () => {
    const v0 = await 0, v1 = await 1, v2 = await 2, v3 = await 3, v4 = await 4, v5 = await 5, v6 = await 6, v7 = await 7,
        v8 = await 8, v9 = await 9, v10 = await 10, v11 = await 11, v12 = await 12, v13 = await 13, v14 = await 14, v15 = await 15,
        v16 = await 16, v17 = await 17, v18 = await 18, v19 = await 19, v20 = await 20, v21 = await 21, v22 = await 22, v23 = await 23,
        v24 = await 24, v25 = await 25, v26 = await 26, v27 = await 27, v28 = await 28, v29 = await 29, v30 = await 30, v31 = await 31,
        v32 = await 32, v33 = await 33, v34 = await 34, v35 = await 35, v36 = await 36, v37 = await 37, v38 = await 38, v39 = await 39,
        v40 = await 40, v41 = await 41, v42 = await 42, v43 = await 43, v44 = await 44, v45 = await 45, v46 = await 46, v47 = await 47,
        v48 = await 48, v49 = await 49, v50 = await 50, v51 = await 51, v52 = await 52, v53 = await 53, v54 = await 54, v55 = await 55,
        v56 = await 56, v57 = await 57, v58 = await 58, v59 = await 59, v60 = await 60, v61 = await 61, v62 = await 62, v63 = await 63,
        v64 = await 64, v65 = await 65, v66 = await 66, v67 = await 67, v68 = await 68, v69 = await 69, v70 = await 70, v71 = await 71,
        v72 = await 72, v73 = await 73, v74 = await 74, v75 = await 75, v76 = await 76, v77 = await 77, v78 = await 78, v79 = await 79,
        v80 = await 80, v81 = await 81, v82 = await 82, v83 = await 83, v84 = await 84, v85 = await 85, v86 = await 86, v87 = await 87,
        v88 = await 88, v89 = await 89, v90 = await 90, v91 = await 91, v92 = await 92, v93 = await 93, v94 = await 94, v95 = await 95,
        v96 = await 96, v97 = await 97, v98 = await 98, v99 = await 99, v100 = await 100, v101 = await 101, v102 = await 102, v103 = await 103,
        v104 = await 104, v105 = await 105, v106 = await 106, v107 = await 107, v108 = await 108, v109 = await 109, v110 = await 110, v111 = await 111,
        v112 = await 112, v113 = await 113, v114 = await 114, v115 = await 115, v116 = await 116, v117 = await 117, v118 = await 118, v119 = await 119,
        v120 = await 120, v121 = await 121, v122 = await 122, v123 = await 123, v124 = await 124, v125 = await 125, v126 = await 126, v127 = await 127,
        v128 = await 128, v129 = await 129, v130 = await 130, v131 = await 131, v132 = await 132, v133 = await 133, v134 = await 134, v135 = await 135,
        v136 = await 136, v137 = await 137, v138 = await 138, v139 = await 139, v140 = await 140, v141 = await 141, v142 = await 142, v143 = await 143,
        v144 = await 144, v145 = await 145, v146 = await 146, v147 = await 147, v148 = await 148, v149 = await 149;
    await null;
    console.log(v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 + v10 + v11 +
        v12 + v13 + v14 + v15 + v16 + v17 + v18 + v19 + v20 + v21 + v22 + v23 +
        v24 + v25 + v26 + v27 + v28 + v29 + v30 + v31 + v32 + v33 + v34 + v35 +
        v36 + v37 + v38 + v39 + v40 + v41 + v42 + v43 + v44 + v45 + v46 + v47 +
        v48 + v49 + v50 + v51 + v52 + v53 + v54 + v55 + v56 + v57 + v58 + v59 +
        v60 + v61 + v62 + v63 + v64 + v65 + v66 + v67 + v68 + v69 + v70 + v71 +
        v72 + v73 + v74 + v75 + v76 + v77 + v78 + v79 + v80 + v81 + v82 + v83 +
        v84 + v85 + v86 + v87 + v88 + v89 + v90 + v91 + v92 + v93 + v94 + v95 +
        v96 + v97 + v98 + v99 + v100 + v101 + v102 + v103 + v104 + v105 + v106 + v107 +
        v108 + v109 + v110 + v111 + v112 + v113 + v114 + v115 + v116 + v117 + v118 + v119 +
        v120 + v121 + v122 + v123 + v124 + v125 + v126 + v127 + v128 + v129 + v130 + v131 +
        v132 + v133 + v134 + v135 + v136 + v137 + v138 + v139 + v140 + v141 + v142 + v143 +
        v144 + v145 + v146 + v147 + v148 + v149);
})();
