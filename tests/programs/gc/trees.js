// heap: 32k
// Binary trees built, walked and dropped, beside one that stays.
"use strict";
function tree(d) { return d === 0 ? { l: null, r: null } : { l: tree(d - 1), r: tree(d - 1) }; }
function count(t) { return t === null ? 0 : 1 + count(t.l) + count(t.r); }
var long = tree(5), total = 0;
for (var i = 0; i < 40; i++) total += count(tree(4));
console.log(total, count(long));
function insert(t, k) { if (t === null) return { k: k, l: null, r: null }; return k < t.k ? { k: t.k, l: insert(t.l, k), r: t.r } : { k: t.k, l: t.l, r: insert(t.r, k) }; }
function walk(t, out) { if (t) { walk(t.l, out); out.push(t.k); walk(t.r, out); } return out; }
var root = null;
for (i = 0; i < 40; i++) root = insert(root, (i * 17) % 40);
var keys = walk(root, []);
console.log(keys.length, keys[0], keys[39], keys.slice(10, 15).join());
function depth(t) { return t ? 1 + Math.max(depth(t.l), depth(t.r)) : 0; }
console.log(depth(root) > 4, depth(long), count(long));
