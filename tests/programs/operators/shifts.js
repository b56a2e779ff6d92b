// Shift counts are taken modulo 32, operands are converted to 32 bits.
"use strict";
function shl(a, b) { return a << b; }
function shr(a, b) { return a >> b; }
function ushr(a, b) { return a >>> b; }
var xs = [1, -1, 5, -5, 1073741824, 2147483647, -2147483648, 4294967295, 4294967297, 1.9, -1.9, NaN, Infinity, 1e20];
[0, 1, 4, 30, 31, 32, 33, -1].forEach(function (n) {
    console.log(n + ":", xs.map(function (x) { return shl(x, n); }).join());
    console.log("  >>", xs.map(function (x) { return shr(x, n); }).join());
    console.log("  >>>", xs.map(function (x) { return ushr(x, n); }).join());
});
console.log("8" >> "1", null << 3, undefined >>> 0, true << 4, [16] >> 2, "x" << 1, 1 << 0.9, 1 << "2", -1 >>> "28");
var x = -1;
console.log(x >>>= 0, x >>= 0, x <<= 31, x >>>= 31, x);
console.log(1 << 31 >>> 0, 1 << 30 << 1, (1 << 31) - 1, -1 >>> 0, -1 >>> 1, (-1 >>> 0) + 1, 3000000000 >> 0, 3000000000 | 0);
