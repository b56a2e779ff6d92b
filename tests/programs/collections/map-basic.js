"use strict";
// Map: keys of all kinds, order of insertion, SameValueZero.
var m = new Map();
var o = {}, f = function () {};
console.log(m.set("a", 1) === m, m.set(o, "object").size, m.set(f, 3).set(NaN, 4).set(0, 5).size);
console.log(m.get("a"), m.get(o), m.get(f), m.get(NaN), m.get(-0), m.get(+0), m.get({}), m.get("b"));
console.log(m.has(o), m.has({}), m.has(0 / 0), m.delete(o), m.delete(o), m.has(o), m.size);
m.set(-0, "zero");
m.forEach(function (value, key, map) { console.log(typeof key === "function" ? "fn" : String(key), value, map === m, this.t); }, { t: "T" });
m.set("a", "again");
console.log(m);
m.clear();
console.log(m, m.size);
m.set("x" + "y".repeat(40), 1);
console.log(m.get("xy" + "y".repeat(39)), m.get(1.5), m.set(1.5, "d").get(3 / 2), m.has(1e300 * 10), m.set(Infinity, 9).has(1 / 0));
console.log(new Map([[1, "one"], [2, "two"]]), new Map(null).size, new Map(undefined).size);
console.log(new Map(new Map([["k", "v"]])).get("k"));
console.log(m.set(undefined, "u").get(), m.has(null), m.set(null, "n").get(null), m.set(true, "t").has(true), m.has("true"));
function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message; }
}
console.log(thrown(function () { return Map(); }));
console.log(thrown(function () { return new Map(5); }));
console.log(thrown(function () { return new Map(true); }));
console.log(thrown(function () { return new Set({}); }));
console.log(thrown(function () { return new Map("ab"); }));
console.log(thrown(function () { return new Map([1]); }));
console.log(thrown(function () { return Map.prototype.get.call({}, 1); }));
console.log(thrown(function () { return Map.prototype.set.call(new Set(), 1); }));
console.log(thrown(function () { return new Map().forEach(1); }));
console.log(Map.length, Map.name, Map.prototype.set.length, Object.getOwnPropertyDescriptor(Map.prototype, "size").get.name);
console.log(m instanceof Map, Object.prototype.toString.call(m), String(new Set()), typeof m, JSON.stringify(new Map([[1, 2]])));
m.extra = 1;
console.log(Object.keys(m), m.extra, Object.getPrototypeOf(m) === Map.prototype);
