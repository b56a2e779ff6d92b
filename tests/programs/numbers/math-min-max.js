// Math.min and Math.max: no arguments, NaN, signed zero, conversions.
"use strict";
console.log(Math.max(), Math.min(), Math.max(1), Math.min("2"), Math.max(1, 3, 2), Math.min(1, 3, 2), Math.max(1, "5", 3), Math.max(-1, -2));
console.log(Math.max(NaN, 1), Math.max(1, NaN), Math.min(1, undefined), Math.max("x"), Math.max([]), Math.max([2]), Math.max([1, 2]), Math.max(null, -1), Math.min(true, 2));
console.log(1 / Math.max(-0, 0), 1 / Math.max(0, -0), 1 / Math.min(0, -0), 1 / Math.min(-0, 0), 1 / Math.max(-0, -0));
console.log(Math.max(Infinity, 1e308), Math.min(-Infinity, 0), Math.max(2147483648, 2147483647), Math.min(-2147483649, -2147483648), Math.max(1.5, 1.25, 1.75));
var log = "";
function v(n) { return { valueOf: function () { log += n; return n; } }; }
console.log(Math.max(v(1), NaN, v(3)), log, Math.min.apply(null, [5, 3, 8]), Math.max.length);
var a = [];
for (var i = 0; i < 40; i++) a.push((i * 37) % 41);
console.log(Math.max.apply(Math, a), Math.min(...a), a.reduce(function (x, y) { return Math.max(x, y); }));
function clamp(x, lo, hi) { return Math.min(Math.max(x, lo), hi); }
console.log(clamp(5, 0, 3), clamp(-5, 0, 3), clamp(2, 0, 3), clamp(NaN, 0, 3));
