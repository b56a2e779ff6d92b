// for-of over arrays: bindings, break, continue, return, labels, growth.
"use strict";
var s = "";
for (var v of [1, 2, 3]) s += v;
for (let x of [4, 5]) s += x;
for (const y of [6]) s += y;
console.log(s, v);
for (var e of []) s = "never";
var o = {};
for (o.p of ["a", "b"]) ;
console.log(s, o.p);
s = "";
for (const n of [1, 2, 3, 4, 5]) { if (n === 2) continue; if (n === 5) break; s += n; }
console.log(s);
outer: for (const r of [[1, 2], [3, 4], [5, 6]]) { for (const c of r) { if (c === 2) continue outer; if (c === 5) break outer; s += "," + c; } }
console.log(s);
function find(list, f) { for (const x of list) if (f(x)) return x; return "none"; }
console.log(find([5, 8, 12], x => x > 6), find([], x => x));
var grow = [1, 2], seen = [];
for (const g of grow) { seen.push(g); if (grow.length < 5) grow.push(g * 10); }
console.log(seen.join());
var cut = [1, 2, 3, 4];
seen = [];
for (const g of cut) { seen.push(g); cut.length = 2; }
console.log(seen.join());
var fs = [];
for (let k of ["a", "b"]) fs.push(() => k + (k += "!"));
console.log(fs[0](), fs[0](), fs[1]());
(function () { var t = 0; for (const a of arguments) t += a; console.log(t); })(1, 2, 3);
try { for (const q of [1]) { throw "from body " + q; } } catch (x) { console.log(x); }
try { for (const q of { length: 1 }) ; } catch (x) { console.log(x.name); }
try { for (const q of [1]) q = 2; } catch (x) { console.log(x.name); }
