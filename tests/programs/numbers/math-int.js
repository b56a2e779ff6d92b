// Math.imul, clz32 and fround.
"use strict";
console.log(Math.imul(2, 3), Math.imul(-5, 12), Math.imul(0xffffffff, 5), Math.imul(0xfffffffe, 5), Math.imul(2147483647, 2147483647), Math.imul(65536, 65536), Math.imul(123456789, 987654321));
console.log(Math.imul("3", "4"), Math.imul(1.9, 2.9), Math.imul(NaN, 1), Math.imul(Infinity, 1), Math.imul(4294967297, 3), Math.imul(5), Math.imul());
console.log([0, 1, 2, 255, 65535, 2147483647, 2147483648, 4294967295, 4294967296, -1, 0.5, NaN, "16"].map(Math.clz32).join(), Math.clz32());
console.log([0, 1, 1.5, 0.1, 1.1, 16777217, 3.4028234663852886e38, 3.5e38, 1e-45, 7e-46, -0.1, NaN, Infinity, 5.5, 2147483647].map(Math.fround).join());
console.log(1 / Math.fround(-0), Math.fround("1.3"), Math.fround(), Math.fround(0.1) + Math.fround(0.2), Math.fround(0.1 + 0.2), Math.fround(Math.fround(1.1) * Math.fround(1.1)));
function fnv(s) { var h = -2128831035; for (var i = 0; i < s.length; i++) h = Math.imul(h ^ s.charCodeAt(i), 16777619); return (h >>> 0).toString(16); }
console.log(fnv(""), fnv("a"), fnv("jerboa"));
var r = Math.random();
console.log(r >= 0 && r < 1, Math.random() !== Math.random(), Math.floor(Math.random() * 3) < 3);
