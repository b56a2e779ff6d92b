// heap: 32k
// Arrays that grow, shrink and are dropped.
"use strict";
var kept = [], n = 0;
for (var i = 0; i < 120; i++) {
    var a = [];
    for (var j = 0; j < 40; j++) a.push(j * i);
    n += a.length + a[39];
    while (a.length > 3) a.pop();
    if (i % 30 === 0) kept.push(a);
}
console.log(n, kept.map(function (a) { return a.join(); }).join("|"));
var q = [];
for (i = 0; i < 600; i++) { q.push({ id: i }); if (q.length > 20) q.shift(); }
console.log(q.length, q[0].id, q[19].id);
for (i = 0, n = 0; i < 60; i++) n += [i, i + 1, i + 2].map(function (x) { return x * 2; }).filter(function (x) { return x % 3; }).concat([1]).slice(1).length;
console.log(n);
var grid = [];
for (i = 0; i < 10; i++) { grid.push([]); for (j = 0; j < 10; j++) grid[i].push(i * j + 0.5); }
for (i = 0; i < 20; i++) grid = grid.map(function (row) { return row.slice().reverse(); });
console.log(grid[3][4], grid.length, grid[9][9]);
for (i = 0; i < 50; i++) [5, 3, 9, 1].sort(function (x, y) { return x - y; });
console.log(kept[1][2], q.pop().id);
