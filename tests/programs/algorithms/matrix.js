// Matrix product, determinant, transposition, identity.
"use strict";
function mul(a, b) { return a.map(function (row) { return b[0].map(function (_, j) { return row.reduce(function (s, v, k) { return s + v * b[k][j]; }, 0); }); }); }
function det(m) { if (m.length === 1) return m[0][0]; return m[0].reduce(function (s, v, j) { return s + (j % 2 ? -v : v) * det(m.slice(1).map(function (r) { return r.filter(function (_, k) { return k !== j; }); })); }, 0); }
function ident(n) { var m = []; for (var i = 0; i < n; i++) { m.push([]); for (var j = 0; j < n; j++) m[i].push(i === j ? 1 : 0); } return m; }
var a = [[1, 2], [3, 4]], b = [[2, 0, 1], [1, 3, 2], [1, 1, 1]];
console.log(JSON.stringify(mul(a, a)), det(a), det(b), det(ident(4)), JSON.stringify(mul(b, ident(3))) === JSON.stringify(b));
function power(m, n) { var r = ident(m.length); while (n) { if (n & 1) r = mul(r, m); m = mul(m, m); n >>= 1; } return r; }
console.log(power([[1, 1], [1, 0]], 40)[0][1], power([[1, 1], [1, 0]], 70)[0][1]);
function solve(m) { var n = m.length; for (var i = 0; i < n; i++) { var p = i; for (var r = i; r < n; r++) if (Math.abs(m[r][i]) > Math.abs(m[p][i])) p = r; var t = m[i]; m[i] = m[p]; m[p] = t; for (r = 0; r < n; r++) { if (r === i) continue; var f = m[r][i] / m[i][i]; for (var c = i; c <= n; c++) m[r][c] -= f * m[i][c]; } } return m.map(function (row, k) { return (row[n] / row[k]).toFixed(3); }); }
console.log(solve([[2, 1, -1, 8], [-3, -1, 2, -11], [-2, 1, 2, -3]]).join());
var big = [];
for (var i = 0; i < 8; i++) { big.push([]); for (var j = 0; j < 8; j++) big[i].push((i * 8 + j) % 5 - 1.5); }
console.log(mul(big, big).map(function (r) { return r.reduce(function (s, v) { return s + v; }, 0); }).join());
