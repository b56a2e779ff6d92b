// heap: 32k
// Closures and their captured variables survive; the rest goes.
"use strict";
function counter(k) { var n = k; return function () { return n++; }; }
var kept = [], sum = 0;
for (var i = 0; i < 300; i++) { var c = counter(i); sum += c() + c(); if (i % 60 === 0) kept.push(c); }
console.log(sum, kept.map(function (c) { return c(); }).join(), kept.map(function (c) { return c(); }).join());
function chain(n) { var f = function (x) { return x; }; for (var i = 0; i < n; i++) f = (function (g, k) { return function (x) { return g(x + k); }; })(f, i); return f; }
for (i = 0, sum = 0; i < 30; i++) sum += chain(10)(i);
console.log(sum);
var fs = [];
for (let j = 0; j < 50; j++) { let big = [j, j + 1, j + 2]; if (j % 10 === 0) fs.push(() => big[1]); else (() => big)(); }
console.log(fs.map((f) => f()).join());
function lazy(f) { var v, done = false; return function () { if (!done) { v = f(); done = true; f = null; } return v; }; }
var lazies = [];
for (i = 0; i < 20; i++) lazies.push(lazy((function (i) { return function () { return [i, i * i]; }; })(i)));
for (i = 0, sum = 0; i < 200; i++) sum += lazies[i % 20]()[1];
console.log(sum);
