// The + operator on every pair of kinds of values.
"use strict";
var o = { valueOf: function () { return 10; }, toString: function () { return "ts"; } };
var t = { toString: function () { return "T"; } };
var values = [1, -0, 1.5, NaN, "", "x", "2", true, false, null, undefined, o, t, [], [1], [1, 2], {}];
values.forEach(function (a) {
    console.log(values.map(function (b) { var r = a + b; return typeof r === "string" ? "'" + r + "'" : r; }).join(" "));
});
console.log(1 + 2 + "3" + 4 + 5, "a" + 1 + 2, 1 + +"2", 1 + -"2", "3" - - "3", +"" + +" " + +"\n");
console.log(1 / (-0 + -0), 1 / (0 + -0), 1 / (-0 + 0));
