// Arrays are references; copies, nested arrays, arrays as map values.
"use strict";
var a = [1, [2, 3]], b = a, c = a.slice(), d = [...a];
a[0] = "changed"; a[1][0] = "deep";
console.log(b[0], c[0], d[0], c[1][0], d[1] === a[1]);
function mutate(x) { x.push("added"); x = ["replaced"]; return x; }
console.log(mutate(a)[0], a.length);
var table = {};
[["x", 1], ["y", 2], ["x", 3]].forEach(function (p) { (table[p[0]] = table[p[0]] || []).push(p[1]); });
console.log(table.x.join(), table.y.join());
var rows = [0, 1, 2].map(function (i) { return [0, 0, 0]; });
rows[1][2] = 5; rows[0] = rows[1];
rows[0][0] = 9;
console.log(rows.join("|"));
function transpose(m) { return m[0].map(function (_, j) { return m.map(function (r) { return r[j]; }); }); }
console.log(JSON.stringify(transpose([[1, 2, 3], [4, 5, 6]])));
function equal(x, y) { return Array.isArray(x) && Array.isArray(y) ? x.length === y.length && x.every(function (v, i) { return equal(v, y[i]); }) : x === y; }
console.log(equal([1, [2, [3]]], [1, [2, [3]]]), equal([1, [2]], [1, [3]]), equal([], []), equal([1], 1));
var self = [1];
self.push(self);
console.log(self[1][1][1][0], self.length, self.indexOf(self), self[1] === self);
var i = 0, e = [10, 20, 30];
e[i] = i = 2;
console.log(e.join(), i);
