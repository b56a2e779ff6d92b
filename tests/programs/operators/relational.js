// < <= > >= on every pair of kinds; strings compare by code units.
"use strict";
var o5 = { valueOf: function () { return 5; } }, oS = { toString: function () { return "5"; }, valueOf: function () { return this; } };
var vs = [0, -0, 5, 10, NaN, Infinity, "5", "10", "", "a", "B", true, false, null, undefined, o5, oS, [5], {}];
vs.forEach(function (a) {
    console.log(vs.map(function (b) { return (a < b ? 1 : 0) + (a <= b ? 2 : 0) + (a > b ? 4 : 0) + (a >= b ? 8 : 0); }).join(" "));
});
console.log("a" < "b", "a" < "B", "abc" < "abd", "abc" < "abcd", "" < "a", "2" < "10", 2 < "10", "2" < 10, "\u00e9" > "z");
console.log("\ud83d\ude00" < "\uffff", "\ue000" < "\ud83d\ude00", "a\u0000" > "a", "\u{1F600}" > "\u{1F5FF}");
console.log(1 < 2 < 3, 3 > 2 > 1, null >= 0, null > 0, null == 0, undefined == 0, undefined >= undefined, NaN <= NaN);
console.log(2147483647 < 2147483648, -2147483648 < 2147483648, 1073741824 > 1073741823, 4294967295 > -1, 0.1 + 0.2 <= 0.3, -0 < 0, 5e-324 > 0);
var log = "";
function l(t, v) { return { valueOf: function () { log += t; return v; } }; }
console.log(l("a", 1) < l("b", 2), l("c", 1) > l("d", 2), l("e", 1) <= l("f", 1), l("g", 2) >= l("h", 1), log);
