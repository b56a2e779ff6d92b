// Math.floor, ceil, round, trunc, sign, abs.
"use strict";
var xs = [0, -0, 0.4, 0.5, 0.6, -0.4, -0.5, -0.6, 1.5, 2.5, -1.5, -2.5, 0.49999999999999994, 4503599627370495.5, -4503599627370495.5, 9007199254740991, 1e21, -1e21, 2147483647.5, -2147483648.5, NaN, Infinity, -Infinity];
["floor", "ceil", "round", "trunc", "sign", "abs"].forEach(function (f) {
    console.log(f, xs.map(function (x) { var r = Math[f](x); return r === 0 && 1 / r < 0 ? "-0" : r; }).join());
});
console.log(Math.floor("3.7"), Math.ceil(null), Math.round(undefined), Math.abs("-5"), Math.floor([2.5]), Math.abs({}), Math.round(), Math.sign("-3"), Math.trunc("4.9"));
function half(n) { return Math.floor(n / 2); }
console.log(half(7), half(-7), half(0), half(2147483647), Math.floor(-1e-300), Math.round(-1e-300) === 0, Math.floor(5), Math.ceil(-5), Math.abs(-2147483648));
