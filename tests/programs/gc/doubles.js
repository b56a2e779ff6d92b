// heap: 32k
// Boxed doubles in properties, arrays and closures.
"use strict";
var o = { x: 0.5, y: 1.5 }, sum = 0;
for (var i = 0; i < 800; i++) { o.x = o.x + 0.25; o.y = o.x * 1.5 - o.y; sum += o.y; }
console.log(o.x, o.y.toFixed(4), sum.toFixed(4));
var a = [0.1, 0.2, 0.3, 0.4];
for (i = 0; i < 500; i++) a[i & 3] = a[(i + 1) & 3] * 0.5 + 1.25;
console.log(a.map(function (x) { return x.toFixed(6); }).join());
function acc() { var t = 0.5; return function (d) { t += d; return t; }; }
var f = acc();
for (i = 0; i < 300; i++) f(i / 4);
console.log(f(0));
var big = 1073741824;
for (i = 0; i < 300; i++) { var b = { v: big + i }; if (i % 100 === 0) a.push(b.v); }
console.log(a.slice(4).join(), b.v);
function mean(n) { var m = 0; for (var k = 1; k <= n; k++) m += (k * 1.1 - m) / k; return m; }
console.log(mean(200).toFixed(6));
