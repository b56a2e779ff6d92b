// Fixed point arithmetic, integer square roots, gcd, CORDIC, a moving average filter.
"use strict";
function fmul(a, b) { return (a * b) / 65536 | 0; }
var one = 65536, half = 32768;
console.log(fmul(one, half), fmul(3 * one, 5 * one) >> 16, fmul(-half, half), (one / 3 | 0) * 3);
function isqrt(n) { var r = 0, bit = 1 << 30; while (bit > n) bit >>= 2; while (bit) { if (n >= r + bit) { n -= r + bit; r = (r >> 1) + bit; } else r >>= 1; bit >>= 2; } return r; }
console.log([0, 1, 2, 15, 16, 17, 99, 65536, 2147483647].map(isqrt).join());
var atans = [], k = 1;
for (var i = 0; i < 16; i++) { atans.push(Math.round(Math.atan(Math.pow(2, -i)) * 65536)); k *= 1 / Math.sqrt(1 + Math.pow(2, -2 * i)); }
function cordic(angle) { var x = Math.round(k * 65536), y = 0, z = Math.round(angle * 65536); for (var i = 0; i < 16; i++) { var dx = y >> i, dy = x >> i; if (z >= 0) { x -= dx; y += dy; z -= atans[i]; } else { x += dx; y -= dy; z += atans[i]; } } return [(x / 65536).toFixed(3), (y / 65536).toFixed(3)]; }
console.log([0, 0.5, 1, -0.75, 1.5].map(cordic).join(" "));
function filter(n) { var buf = [], sum = 0, at = 0; return function (x) { if (buf.length < n) { buf.push(x); sum += x; } else { sum += x - buf[at]; buf[at] = x; at = (at + 1) % n; } return (sum / buf.length).toFixed(2); }; }
console.log([10, 20, 30, 40, 100, 0, 50].map(filter(3)).join());
var pid = { kp: 0.6, ki: 0.1, kd: 0.05, i: 0, last: 0, step: function (e) { this.i += e; var d = e - this.last; this.last = e; return this.kp * e + this.ki * this.i + this.kd * d; } };
for (var v = 0, out = []; out.length < 8;) { v += pid.step(10 - v) * 0.5; out.push(v.toFixed(3)); }
console.log(out.join());
