// Conway's game of life on a torus.
"use strict";
var W = 10, H = 8;
function parse(rows) { return rows.map(function (r) { return r.split("").map(function (c) { return c === "#" ? 1 : 0; }); }); }
function step(g) { return g.map(function (row, y) { return row.map(function (v, x) { var n = 0; for (var dy = -1; dy <= 1; dy++) for (var dx = -1; dx <= 1; dx++) if (dx || dy) n += g[(y + dy + H) % H][(x + dx + W) % W]; return n === 3 || v && n === 2 ? 1 : 0; }); }); }
function show(g) { return g.map(function (r) { return r.map(function (v) { return v ? "#" : "."; }).join(""); }).join("\n"); }
var g = parse([".#........", "..#.......", "###.......", "..........", "......###.", "..........", "..........", ".........."]);
for (var i = 0; i < 9; i++) { if (i % 4 === 0) console.log(show(g) + "\n"); g = step(g); }
var alive = g.reduce(function (s, r) { return s + r.reduce(function (a, b) { return a + b; }, 0); }, 0);
console.log(alive);
