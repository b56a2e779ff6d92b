// Iteration of Map and Set: order, changes meanwhile, iterators.
"use strict"; var m = new Map([["a", 1], ["b", 2], ["c", 3]]);
for (var [k, v] of m) console.log(k, v);
for (var e of m.entries()) console.log(e);
console.log([...m.keys()], [...m.values()], [...m], Array.from(m), Array.from(m.values(), function (x) { return x * 2; }));
var it = m.keys();
console.log(it.next(), it, it.next().value, it.next(), it.next(), it.next());
m.set("d", 4);
console.log(it.next());
var seen = [];
m.forEach(function (v, k) {
    seen.push(k);
    if (k === "b") { m.delete("a"); m.delete("c"); m.set("e", 5); }
    if (k === "d") { m.delete("b"); m.set("a", 6); }
});
console.log(seen.join(), m);
seen = [];
var s = new Set([1, 2, 3]);
for (var x of s) {
    seen.push(x);
    if (x < 50) { s.delete(x); s.add(x + 10); s.add(x + 1); }
    if (seen.length > 200) break;
}
console.log(seen.length, seen.slice(0, 12).join(), s.size);
seen = [];
s = new Set(["x", "y"]);
for (var y of s) {
    seen.push(y);
    if (y === "y" && seen.length < 6) { s.clear(); s.add("x"); s.add("z"); s.add("y"); }
}
console.log(seen.join(), s);
console.log(s.entries(), s.values(), m.entries(), s.keys === s.values, new Map([[1, { a: 1 }]]).values());
for (var i = 0; i < 40; i++) m.set(i, i * i);
for (i = 0; i < 40; i += 2) m.delete(i);
console.log([...m.keys()].join(), m.size, m.get(39));
function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message; }
}
console.log(thrown(function () { return m.keys().next.call(s.values()); }));
try { for (var q of new WeakMap()) console.log(q); } catch (e) { console.log(e.name); }
// A constructor that fails closes the iterator.
var closed = 0;
var source = {
    [Symbol.iterator]() { return this; },
    next() { return { value: 1, done: false }; },
    return() { closed++; return {}; }
};
try { new Map(source); } catch (x) { console.log(x.message, closed); }
