// Values above 2^31 that come from >>> stay positive numbers.
"use strict";
function u(x) { return x >>> 0; }
var a = u(-1), b = u(-2147483648);
console.log(a, b, a + 1, a - b, a > b, a === 4294967295, typeof a, a / 2, a * a, a % 10, -a, ~a, a | 0, a & a, a >> 0);
var o = {};
o[a] = "key";
console.log(o["4294967295"], [1, 2][u(1)], "abc".charAt(u(2)), "abc".charAt(a));
function hash(s) { var h = 2166136261; for (var i = 0; i < s.length; i++) { h ^= s.charCodeAt(i); h = u(h + (h << 1) + (h << 4) + (h << 7) + (h << 8) + (h << 24)); } return h; }
console.log(hash(""), hash("a"), hash("foobar"), hash("jerboa").toString(16));
var seed = 42, out = [];
for (var i = 0; i < 5; i++) { seed = u(seed * 1664525 + 1013904223); out.push(seed); }
console.log(out.join());
var x = 123456789, y = 362436069, z = 521288629, w = 88675123;
function xorshift() { var t = x ^ (x << 11); x = y; y = z; z = w; w = (w ^ (w >>> 19) ^ (t ^ (t >>> 8))) >>> 0; return w; }
for (i = 0, out = []; i < 5; i++) out.push(xorshift());
console.log(out.join());
function count(from) { var n = 0; for (var k = u(from); k !== 0; k >>>= 1) n++; return n; }
console.log(count(-1), count(1), count(0), count(2147483648));
var i2 = u(-3), steps = 0;
while (i2 < 4294967296) { i2++; steps++; }
console.log(i2, steps, u(i2), u(4294967296.5), u(-0.5), u("4294967290"), u(1e10));
