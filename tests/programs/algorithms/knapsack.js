// Dynamic programming: knapsack, coin change, partitions, longest increasing run.
"use strict";
function knap(items, cap) { var best = []; for (var c = 0; c <= cap; c++) best.push(0); items.forEach(function (it) { for (var c = cap; c >= it.w; c--) best[c] = Math.max(best[c], best[c - it.w] + it.v); }); return best[cap]; }
console.log(knap([{ w: 1, v: 1 }, { w: 3, v: 4 }, { w: 4, v: 5 }, { w: 5, v: 7 }], 7), knap([], 5), knap([{ w: 9, v: 9 }], 5));
function coins(set, n) { var ways = [1]; for (var i = 1; i <= n; i++) ways.push(0); set.forEach(function (c) { for (var i = c; i <= n; i++) ways[i] += ways[i - c]; }); return ways[n]; }
console.log(coins([1, 2, 5], 10), coins([1, 5, 10, 25, 50], 100), coins([3, 7], 5), coins([2], 4));
function lis(a) { var t = []; a.forEach(function (x) { var lo = 0, hi = t.length; while (lo < hi) { var m = lo + hi >> 1; if (t[m] < x) lo = m + 1; else hi = m; } if (lo === t.length) t.push(x); else t[lo] = x; }); return t.length; }
console.log(lis([10, 9, 2, 5, 3, 7, 101, 18]), lis([1, 2, 3]), lis([3, 2, 1]), lis([]));
var memo = {};
function parts(n, max) { if (n === 0) return 1; if (max === 0 || n < 0) return 0; var k = n + "," + max; if (!(k in memo)) memo[k] = parts(n, max - 1) + parts(n - max, max); return memo[k]; }
console.log(parts(5, 5), parts(10, 10), parts(20, 20), Object.keys(memo).length > 50);
function pascal(n) { var r = [1]; for (var i = 0; i < n; i++) r = r.concat(0).map(function (v, k) { return v + (k ? r[k - 1] : 0); }); return r; }
console.log(pascal(4).join(), pascal(10)[5], pascal(30)[15]);
