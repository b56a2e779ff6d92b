// Decimal numbers of any length: sum, product, factorial, power.
"use strict";
function norm(a) { while (a.length > 1 && a[a.length - 1] === 0) a.pop(); return a; }
function from(s) { return norm(String(s).split("").reverse().map(Number)); }
function str(a) { return a.slice().reverse().join(""); }
function add(a, b) { var r = [], c = 0; for (var i = 0; i < Math.max(a.length, b.length) || c; i++) { var t = (a[i] || 0) + (b[i] || 0) + c; r.push(t % 10); c = t > 9 ? 1 : 0; } return r; }
function mul(a, b) { var r = []; for (var k = 0; k < a.length + b.length; k++) r.push(0); a.forEach(function (x, i) { var c = 0; for (var j = 0; j < b.length || c; j++) { var t = r[i + j] + x * (b[j] || 0) + c; r[i + j] = t % 10; c = (t - t % 10) / 10; } }); return norm(r); }
console.log(str(add(from("99999999999999999999"), from(1))), str(mul(from("123456789"), from("987654321"))), str(mul(from("12345678901234567890"), from(0))));
var f = from(1);
for (var i = 2; i <= 25; i++) f = mul(f, from(i));
console.log(str(f));
var p = from(1);
for (i = 0; i < 100; i++) p = add(p, p);
console.log(str(p), p.length);
var a = from(0), b = from(1);
for (i = 0; i < 120; i++) { var t = add(a, b); a = b; b = t; }
console.log(str(a), str(f).split("").reduce(function (s, d) { return s + +d; }, 0));
