// Functions with more registers than one byte names, of values and of numbers; more parameters than that.
"use strict";
function many(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35, p36, p37, p38, p39, p40, p41, p42, p43, p44, p45, p46, p47, p48, p49, p50, p51, p52, p53, p54, p55, p56, p57, p58, p59, p60, p61, p62, p63, p64, p65, p66, p67, p68, p69) {
    p54 = p54 + p55;
    p63 += p62;
    const inner = () => p61 + p69;
    return [p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35, p36, p37, p38, p39, p40, p41, p42, p43, p44, p45, p46, p47, p48, p49, p50, p51, p52, p53, p54, p55, p56, p57, p58, p59, p60, p61, p62, p63, p64, p65, p66, p67, p68, p69, inner()].join(" ");
}
console.log(many(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45, 48, 51, 54, 57, 60, 63, 66, 69, 72, 75, 78, 81, 84, 87, 90, 93, 96, 99, 102, 105, 108, 111, 114, 117, 120, 123, 126, 129, 132, 135, 138, 141, 144, 147, 150, 153, 156, 159, 162, 165, 168, 171, 174, 177, 180, 183, 186, 189, 192, 195, 198, 201, 204, 207));
console.log(many("a", "b").length, many.length);

function numbers(x, turns) {
    let f0 = x * 0.5;
    let f1 = x * 1.5;
    let f2 = x * 2.5;
    let f3 = x * 3.5;
    let f4 = x * 4.5;
    let f5 = x * 5.5;
    let f6 = x * 6.5;
    let f7 = x * 7.5;
    let f8 = x * 8.5;
    let f9 = x * 9.5;
    let f10 = x * 10.5;
    let f11 = x * 11.5;
    let f12 = x * 12.5;
    let f13 = x * 13.5;
    let f14 = x * 14.5;
    let f15 = x * 15.5;
    let f16 = x * 16.5;
    let f17 = x * 17.5;
    let f18 = x * 18.5;
    let f19 = x * 19.5;
    let f20 = x * 20.5;
    let f21 = x * 21.5;
    let f22 = x * 22.5;
    let f23 = x * 23.5;
    let f24 = x * 24.5;
    let f25 = x * 25.5;
    let f26 = x * 26.5;
    let f27 = x * 27.5;
    let f28 = x * 28.5;
    let f29 = x * 29.5;
    let f30 = x * 30.5;
    let f31 = x * 31.5;
    let f32 = x * 32.5;
    let f33 = x * 33.5;
    for (let i = 0; i < turns; i++) {
        f0 = f0 * 0.5 + f1;
        f1 = f1 * 0.5 + f2;
        f2 = f2 * 0.5 + f3;
        f3 = f3 * 0.5 + f4;
        f4 = f4 * 0.5 + f5;
        f5 = f5 * 0.5 + f6;
        f6 = f6 * 0.5 + f7;
        f7 = f7 * 0.5 + f8;
        f8 = f8 * 0.5 + f9;
        f9 = f9 * 0.5 + f10;
        f10 = f10 * 0.5 + f11;
        f11 = f11 * 0.5 + f12;
        f12 = f12 * 0.5 + f13;
        f13 = f13 * 0.5 + f14;
        f14 = f14 * 0.5 + f15;
        f15 = f15 * 0.5 + f16;
        f16 = f16 * 0.5 + f17;
        f17 = f17 * 0.5 + f18;
        f18 = f18 * 0.5 + f19;
        f19 = f19 * 0.5 + f20;
        f20 = f20 * 0.5 + f21;
        f21 = f21 * 0.5 + f22;
        f22 = f22 * 0.5 + f23;
        f23 = f23 * 0.5 + f24;
        f24 = f24 * 0.5 + f25;
        f25 = f25 * 0.5 + f26;
        f26 = f26 * 0.5 + f27;
        f27 = f27 * 0.5 + f28;
        f28 = f28 * 0.5 + f29;
        f29 = f29 * 0.5 + f30;
        f30 = f30 * 0.5 + f31;
        f31 = f31 * 0.5 + f32;
        f32 = f32 * 0.5 + f33;
        f33 = f33 * 0.5 + f0;
        if (i % 3 === 0) f33 = f33 - f0 * 0.25;
    }
    return f0 + f1 + f16 + f31 + f32 + f33;
}
console.log(numbers(1.5, 10), numbers(-2.25, 3));

function integers(s, other) {
    let v0 = s * 1 + (s & 0);
    let v1 = s * 2 + (s & 1);
    let v2 = s * 3 + (s & 2);
    let v3 = s * 4 + (s & 3);
    let v4 = s * 5 + (s & 4);
    let v5 = s * 6 + (s & 5);
    let v6 = s * 7 + (s & 6);
    let v7 = s * 8 + (s & 7);
    let v8 = s * 9 + (s & 8);
    let v9 = s * 10 + (s & 9);
    let v10 = s * 11 + (s & 10);
    let v11 = s * 12 + (s & 11);
    let v12 = s * 13 + (s & 12);
    let v13 = s * 14 + (s & 13);
    let v14 = s * 15 + (s & 14);
    let v15 = s * 16 + (s & 15);
    let v16 = s * 17 + (s & 16);
    let v17 = s * 18 + (s & 17);
    let v18 = s * 19 + (s & 18);
    let v19 = s * 20 + (s & 19);
    let v20 = s * 21 + (s & 20);
    let v21 = s * 22 + (s & 21);
    let v22 = s * 23 + (s & 22);
    let v23 = s * 24 + (s & 23);
    let v24 = s * 25 + (s & 24);
    let v25 = s * 26 + (s & 25);
    let v26 = s * 27 + (s & 26);
    let v27 = s * 28 + (s & 27);
    let v28 = s * 29 + (s & 28);
    let v29 = s * 30 + (s & 29);
    let v30 = s * 31 + (s & 30);
    let v31 = s * 32 + (s & 31);
    let v32 = s * 33 + (s & 32);
    let v33 = s * 34 + (s & 33);
    let v34 = s * 35 + (s & 34);
    let v35 = s * 36 + (s & 35);
    let v36 = s * 37 + (s & 36);
    let v37 = s * 38 + (s & 37);
    let v38 = s * 39 + (s & 38);
    let v39 = s * 40 + (s & 39);
    const text = other(s) + other("t");
    let sum = 0;
    for (let k = 0; k < 3; k++) {
        sum += v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 + v10 + v11 + v12 + v13 + v14 + v15 + v16 + v17 + v18 + v19 + v20 + v21 + v22 + v23 + v24 + v25 + v26 + v27 + v28 + v29 + v30 + v31 + v32 + v33 + v34 + v35 + v36 + v37 + v38 + v39;
        [v0, v1] = [v1, v0];
        [v38, v39, v0] = [v39, v0, v38];
    }
    return text + sum + new Array(v0, v39).length;
}
console.log(integers(7, String), integers(-1, x => x + "!"));

function throws(n) {
    if (n > 5) throw new RangeError("n " + n);
    return n;
}
function values(list) {
    const [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26, c27, c28, c29, c30, c31, c32, c33, c34, c35, c36, c37, c38, c39, c40, c41, c42, c43, c44, c45, c46, c47, c48, c49, c50, c51, c52, c53, c54, c55, c56, c57, c58, c59, c60, c61, c62, c63, c64, c65] = list;
    let caught = "";
    for (const e of list) {
        try {
            throws(e);
        } catch (error) {
            caught = error.message + c64;
        }
    }
    return caught + c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11 + c12 + c13 + c14 + c15 + c16 + c17 + c18 + c19 + c20 + c21 + c22 + c23 + c24 + c25 + c26 + c27 + c28 + c29 + c30 + c31 + c32 + c33 + c34 + c35 + c36 + c37 + c38 + c39 + c40 + c41 + c42 + c43 + c44 + c45 + c46 + c47 + c48 + c49 + c50 + c51 + c52 + c53 + c54 + c55 + c56 + c57 + c58 + c59 + c60 + c61 + c62 + c63 + c64 + c65 + (c65 === list[65]);
}
console.log(values(Array.from({ length: 66 }, (_, i) => i)));
console.log(values("xyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyz"));
