// Shortest paths with a binary heap, and all pairs with Floyd and Warshall.
"use strict";
function Heap() { this.a = []; }
Heap.prototype.push = function (x) { var a = this.a, i = a.length; a.push(x); while (i) { var p = i - 1 >> 1; if (a[p].d <= a[i].d) break; var t = a[p]; a[p] = a[i]; a[i] = t; i = p; } };
Heap.prototype.pop = function () { var a = this.a, top = a[0], last = a.pop(), i = 0; if (a.length) { a[0] = last; for (;;) { var c = 2 * i + 1; if (c >= a.length) break; if (c + 1 < a.length && a[c + 1].d < a[c].d) c++; if (a[i].d <= a[c].d) break; var t = a[i]; a[i] = a[c]; a[c] = t; i = c; } } return top; };
var edges = "AB4 AC2 CB1 BD5 CD8 CE10 DE2 EF3 DF6 GH1".split(" "), graph = {};
edges.forEach(function (e) { [[e[0], e[1]], [e[1], e[0]]].forEach(function (p) { (graph[p[0]] = graph[p[0]] || []).push({ to: p[1], w: +e.slice(2) }); }); });
function dijkstra(from) { var dist = {}, prev = {}, h = new Heap(); dist[from] = 0; h.push({ v: from, d: 0 }); while (h.a.length) { var m = h.pop(); if (m.d > dist[m.v]) continue; graph[m.v].forEach(function (e) { var d = m.d + e.w; if (dist[e.to] === undefined || d < dist[e.to]) { dist[e.to] = d; prev[e.to] = m.v; h.push({ v: e.to, d: d }); } }); } return { dist: dist, prev: prev }; }
var r = dijkstra("A");
console.log(JSON.stringify(r.dist), r.dist.G);
function path(to) { var p = [to]; while (r.prev[to]) p.unshift(to = r.prev[to]); return p.join(""); }
console.log(path("F"), path("B"), path("A"), path("G"));
var names = Object.keys(graph).sort(), D = names.map(function (a) { return names.map(function (b) { return a === b ? 0 : Infinity; }); });
names.forEach(function (a, i) { graph[a].forEach(function (e) { D[i][names.indexOf(e.to)] = e.w; }); });
names.forEach(function (_, k) { names.forEach(function (_, i) { names.forEach(function (_, j) { D[i][j] = Math.min(D[i][j], D[i][k] + D[k][j]); }); }); });
console.log(D[0].join(), D[5].join(), names.every(function (n, i) { return D[0][i] === (r.dist[n] === undefined ? Infinity : r.dist[n]); }));
