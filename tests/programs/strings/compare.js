// Comparison, equality, ordering of strings; sorting.
"use strict";
var words = ["b", "a", "B", "ab", "", "aa", "10", "9", "é", "z", "Z", "a ", "a\u0000", "日", "~"];
console.log(JSON.stringify(words.slice().sort()));
console.log("a" < "b", "a" < "aa", "B" < "a", "" < "\u0000", "z" < "é", "10" < "9", "a" === "a", "a" == new String("a"));
console.log("abc".localeCompare("abd") < 0, "b".localeCompare("a") > 0, "same".localeCompare("same"), "a".localeCompare("ab") < 0, "".localeCompare("x") < 0);
console.log(Math.max.apply(null, ["3", "20", "100"].map(Number)), ["3", "20", "100"].sort().join(), ["3", "20", "100"].sort(function (a, b) { return a - b; }).join());
var x = "shared", y = "sha" + "red", z = ["s", "hared"].join("");
console.log(x === y, y === z, x === z, x < y, x <= y, x > z, x >= z, x !== "Shared");
function max(list) { return list.reduce(function (m, w) { return w > m ? w : m; }); }
console.log(max(["pear", "apple", "plum", "fig"]), max(["a", "aa", "aaa"]), max(["Z", "a"]));
var keys = {};
["k1", "k" + 1, "k".concat("1"), "K1".toLowerCase()].forEach(function (k) { keys[k] = (keys[k] || 0) + 1; });
console.log(JSON.stringify(keys));
var long1 = "", long2 = "";
for (var i = 0; i < 100; i++) { long1 += "ab"; long2 += "ab"; }
console.log(long1 === long2, long1 + "c" > long2 + "b", long1 < long2 + "a", long1.slice(1) > long2);
