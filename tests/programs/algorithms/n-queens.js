// All solutions of the n queens problem, with bit masks and with arrays.
"use strict";
function bits(n) { var full = (1 << n) - 1, count = 0; (function go(cols, d1, d2) { if (cols === full) { count++; return; } var free = full & ~(cols | d1 | d2); while (free) { var bit = free & -free; free ^= bit; go(cols | bit, (d1 | bit) << 1, (d2 | bit) >> 1); } })(0, 0, 0); return count; }
function arrays(n) {
    var solutions = [], row = [];
    function ok(r, c) { for (var i = 0; i < r; i++) if (row[i] === c || Math.abs(row[i] - c) === r - i) return false; return true; }
    (function place(r) { if (r === n) { solutions.push(row.slice().join("")); return; } for (var c = 0; c < n; c++) if (ok(r, c)) { row[r] = c; place(r + 1); row.pop(); } })(0);
    return solutions;
}
for (var n = 1; n <= 6; n++) console.log(n, bits(n), arrays(n).length);
console.log(bits(7), arrays(4).join(), arrays(5).slice(0, 3).join());
