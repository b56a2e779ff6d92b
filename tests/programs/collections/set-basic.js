"use strict";
// Set: values of all kinds.
var s = new Set([3, 1, 3, "1", NaN, NaN, -0, 0]);
console.log(s, s.size, s.has(1), s.has("1"), s.has("3"), s.has(NaN), s.has(0));
console.log(s.add(7) === s, s.delete(3), s.delete(3), s.size);
s.forEach(function (value, key, set) { console.log(value, key, set === s, this); }, 1);
console.log(new Set("hello"), new Set([[1], [1]]), new Set(new Set([1, 2])).size);
console.log([...new Set([5, 1, 5, 2, 1])].sort().join());
function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message; }
}
console.log(thrown(function () { return Set(); }));
console.log(thrown(function () { return Set.prototype.add.call([], 1); }));
console.log(Set.length, Set.name, Set.prototype.add.length, Set.prototype.keys === Set.prototype.values);
s.clear();
console.log(s, s.size, s.add(s), Object.freeze(s).add(1).size);
console.log(new Map([["set", new Set([{ a: 1, b: [1, 2, { c: { d: 1 } }] }])], [{ k: 1 }, new Map([["deep", new Map([["er", new Map([[1, 2]])]])]])]]));
console.log(new Set(["a long string that needs its place", "another long string in this set", "and one more of them"]));
console.log(new WeakMap(), new WeakSet(), [new Map(), new Set()], { m: new Map([[1, 2]]) });
var sub = new Map([[1, 2]]); sub.x = 1;
console.log(sub, Object.create(Map.prototype) instanceof Map);
