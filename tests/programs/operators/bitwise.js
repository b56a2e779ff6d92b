// And, or, xor, not: conversion to 32 bits of all kinds of values.
"use strict";
var xs = [0, 1, -1, 255, 1073741824, 2147483648, -2147483649, 4294967296, 1e12, 0.5, -0.5, NaN, -Infinity, "12", "0x10", "z", null, undefined, true, [7], {}];
console.log(xs.map(function (x) { return x | 0; }).join());
console.log(xs.map(function (x) { return ~x; }).join());
console.log(xs.map(function (x) { return x & 0xff; }).join());
console.log(xs.map(function (x) { return x ^ -1; }).join());
console.log(xs.map(function (x) { return ~~x; }).join());
console.log(5 & 3, 5 | 3, 5 ^ 3, ~5, -5 & 0xffff, -5 | 1, 0xffffffff & 0xffffffff, 0xffffffff | 0, 0x80000000 | 0, 0x7fffffff + 1 | 0);
console.log(4294967295 >>> 0 & 4294967295, (0xdeadbeef ^ 0x12345678) >>> 0, (0xdeadbeef & 0xffff0000) >>> 16);
function popcount(n) { var c = 0; while (n) { n &= n - 1; c++; } return c; }
console.log(popcount(0), popcount(255), popcount(-1), popcount(-2147483648), popcount(1431655765));
function reverse(n) { var r = 0; for (var i = 0; i < 32; i++) { r = r << 1 | n & 1; n >>>= 1; } return r >>> 0; }
console.log(reverse(1), reverse(0xff), reverse(0x12345678), reverse(-1));
var a = 5, b = 9;
a ^= b; b ^= a; a ^= b;
console.log(a, b);
var x = 0;
x |= 6; x &= 12; x ^= 255;
console.log(x, 1 + 2 & 3 | 4 ^ 5, 1 | 2 === 2, (1 | 2) === 3);
console.log(9007199254740993 | 0, 9007199254740992 * 2 | 0, -9007199254740991 | 0, 1e21 | 0, 6442450944.7 | 0);
