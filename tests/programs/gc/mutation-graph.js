// heap: 32k
// A random graph is rewired for a long time; what is reachable stays right.
"use strict";
var seed = 7;
function rnd(n) { seed = (seed * 16807) % 2147483647; return seed % n; }
var roots = [];
for (var i = 0; i < 12; i++) roots.push({ id: i, out: [], sum: i });
for (var step = 0; step < 700; step++) {
    var from = roots[rnd(12)];
    if (rnd(3) === 0 && from.out.length) { var gone = from.out.pop(); from.sum -= gone.w; }
    else { var e = { w: rnd(100), to: roots[rnd(12)], tag: "t" + step }; from.out.push(e); from.sum += e.w; }
    if (from.out.length > 8) { from.out = from.out.slice(4); from.sum = from.out.reduce(function (s, x) { return s + x.w; }, from.id); }
}
var ok = roots.every(function (r) { return r.sum === r.out.reduce(function (s, x) { return s + x.w; }, r.id); });
console.log(ok, roots.map(function (r) { return r.out.length; }).join(), roots.map(function (r) { return r.sum; }).join());
console.log(roots[3].out.map(function (e) { return e.tag + ">" + e.to.id; }).join());
function reach(r, seen) { if (seen.indexOf(r.id) >= 0) return seen; seen.push(r.id); r.out.forEach(function (e) { reach(e.to, seen); }); return seen; }
console.log(reach(roots[0], []).length);
