// Sums and differences at the edges of 30, 31, 32 and 53 bits.
"use strict";
function add(a, b) { return a + b; }
function sub(a, b) { return a - b; }
var edges = [1073741823, 1073741824, 2147483647, 2147483648, 4294967295, 4294967296, 9007199254740991];
edges.forEach(function (e) { console.log(add(e, 1), add(e, e), add(-e, -1), sub(e, 1), sub(-e, 1), sub(-e, e), add(e, -e)); });
var x = 1073741822, up = [];
for (var i = 0; i < 4; i++) up.push(x++);
console.log(up.join(), x);
x = -1073741823;
var down = [];
for (i = 0; i < 4; i++) down.push(x--);
console.log(down.join(), x);
x = 2147483646;
up = [];
for (i = 0; i < 4; i++) up.push(++x);
console.log(up.join());
x = -2147483647;
down = [];
for (i = 0; i < 4; i++) down.push(--x);
console.log(down.join());
function sum(n) { var s = 0; for (var i = 0; i < n; i++) s += 300000000; return s; }
console.log(sum(3), sum(4), sum(7), sum(8), sum(15));
function alt(n) { var s = 1; for (var i = 0; i < n; i++) s = s + s; return s; }
console.log(alt(29), alt(30), alt(31), alt(32), alt(53), alt(64));
console.log(-(-2147483648), -(-1073741824), -1073741824, - 2147483648, 0 - 0, 1 / -0, 1 / -(0));
