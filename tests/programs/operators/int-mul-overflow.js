// Products: overflow, signed zero, exactness to 2^53.
"use strict";
function mul(a, b) { return a * b; }
console.log(mul(32768, 32768), mul(32768, 65536), mul(65536, 65536), mul(46341, 46341), mul(-46341, 46341), mul(46340, 46340));
console.log(mul(2147483647, 2147483647), mul(-2147483648, -2147483648), mul(-2147483648, -1), mul(1073741824, -2), mul(1073741824, 2));
console.log(mul(94906265, 94906265), mul(94906267, 94906267), mul(123456789, 987654321), mul(3, 1.1));
console.log(1 / mul(0, -1), 1 / mul(-0, -1), 1 / mul(-5, 0), 1 / mul(0, 0), 1 / mul(-0, 0), mul(Infinity, 0), mul(-Infinity, 2));
function fact(n) { var r = 1; for (var i = 2; i <= n; i++) r *= i; return r; }
console.log(fact(12), fact(13), fact(15), fact(18), fact(20), fact(25), fact(170), fact(171));
function pow(b, e) { var r = 1; while (e-- > 0) r *= b; return r; }
console.log(pow(2, 30), pow(2, 31), pow(-2, 31), pow(3, 19), pow(3, 20), pow(3, 40), pow(10, 15), pow(10, 22), pow(0.5, 10));
var h = 0;
for (var i = 0; i < 20; i++) h = (h * 31 + i) | 0;
console.log(h);
h = 5381;
for (i = 0; i < 20; i++) h = h * 33 ^ i;
console.log(h);
h = 1;
for (i = 0; i < 10; i++) h = (h * 1103515245 + 12345) % 2147483648;
console.log(h);
console.log("6" * "7", "a" * 1, null * 5, undefined * 5, true * 3, [4] * [5], {} * 2);
