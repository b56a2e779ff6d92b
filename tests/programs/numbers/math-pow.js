// Math.pow: the special cases of the standard and exact integer powers.
"use strict";
console.log(Math.pow(2, 10), Math.pow(2, -1), Math.pow(-2, 3), Math.pow(-8, 1 / 3), Math.pow(10, 15), Math.pow(7, 0), Math.pow(0, 0), Math.pow(NaN, 0));
console.log(Math.pow(1, Infinity), Math.pow(1, NaN), Math.pow(-1, Infinity), Math.pow(2, Infinity), Math.pow(0.5, Infinity), Math.pow(2, -Infinity), Math.pow(0.5, -Infinity));
console.log(Math.pow(Infinity, 1), Math.pow(Infinity, -1), Math.pow(-Infinity, 3), Math.pow(-Infinity, 2), 1 / Math.pow(-Infinity, -3), 1 / Math.pow(-Infinity, -2));
console.log(Math.pow(0, -1), Math.pow(-0, -1), Math.pow(-0, -2), 1 / Math.pow(-0, 3), 1 / Math.pow(-0, 2), 1 / Math.pow(0, 1), Math.pow(0, -Infinity));
console.log(Math.pow("2", "3"), Math.pow(2), Math.pow(), Math.pow(null, null), Math.pow(4, 0.5), Math.pow(-4, 0.5), Math.pow(2, 1023), Math.pow(2, 1024), Math.pow(2, -1074), Math.pow(2, -1075));
var p = [];
for (var i = 0; i < 32; i += 3) p.push(Math.pow(2, i), Math.pow(-3, i));
console.log(p.join());
console.log(Math.pow(9, 0.5), Math.pow(1.1, 10).toPrecision(12), Math.pow(0.9, 100).toPrecision(12), Math.pow(1e-3, 5).toPrecision(12), Math.pow(5, 3), Math.pow(1.5, 2));
