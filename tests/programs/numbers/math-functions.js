// Transcendental functions, to ten digits; exact results where IEEE gives them.
"use strict";
function f(x) { return x.toPrecision(10); }
console.log([0, 0.5, 1, -1, 2, 10, 100, 1e6].map(Math.sin).map(f).join());
console.log([0, 0.5, 1, -1, 2, 10, 100, 1e6].map(Math.cos).map(f).join());
console.log([0, 0.5, 1, -1, 1.5, 10].map(Math.tan).map(f).join());
console.log([0, 0.5, 1, -1, -0.25].map(Math.asin).map(f).join(), [0, 0.5, 1, -1].map(Math.acos).map(f).join());
console.log([0, 0.5, 1, -1, 100, Infinity].map(Math.atan).map(f).join());
console.log([[1, 1], [1, -1], [-1, -1], [0, -1], [5, 0], [-5, 0], [0.1, 3]].map(function (p) { return f(Math.atan2(p[0], p[1])); }).join());
console.log([0, 1, -1, 0.5, 10, -10, 700].map(Math.exp).map(f).join(), [1, 2, 10, 0.5, 1e300, 1e-300].map(Math.log).map(f).join());
console.log([1, 2, 8, 1024, 0.125, 1e10].map(Math.log2).map(f).join(), [1, 10, 1000, 0.001, 5].map(Math.log10).map(f).join());
console.log(Math.sqrt(2), Math.sqrt(16), Math.sqrt(-1), Math.sqrt(1e300), Math.sqrt(0.25), Math.sqrt(Infinity), Math.sqrt(2147483648 * 2));
console.log(Math.asin(2), Math.acos(-2), Math.log(-1), Math.log(0), Math.exp(-Infinity), Math.exp(710), Math.sin(Infinity), Math.cos(NaN), Math.sin("x"), Math.exp(0), Math.log(1));
