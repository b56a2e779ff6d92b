// Changing the object during for-in: deleted keys are not visited, values are current.
"use strict";
var o = { a: 1, b: 2, c: 3, d: 4 }, seen = [];
for (var k in o) {
    seen.push(k + o[k]);
    if (k === "a") { delete o.b; o.c = 30; }
}
console.log(seen.join(), Object.keys(o).join());
seen = [];
o = { x: 1, y: 2 };
for (k in o) { seen.push(k); delete o[k]; }
console.log(seen.join(), Object.keys(o).length);
seen = [];
o = { x: 1, y: 2 };
for (k in o) { seen.push(k); o = { other: 1 }; }
console.log(seen.join());
var count = 0;
o = { a: 1 };
for (k in o) { count++; if (count < 5) o["a" + count] = 1; }
console.log(count < 6, Object.keys(o).length > 1);
seen = [];
var proto = { p: 1, q: 2 }, child = Object.create(proto);
child.own = 0;
for (k in child) { seen.push(k); if (k === "own") delete proto.q; }
console.log(seen.join());
seen = [];
o = { a: 1, b: 2, c: 3 };
for (k in o) { delete o[k]; o[k] = "re-added"; seen.push(k); if (seen.length > 5) break; }
console.log(seen.join());
