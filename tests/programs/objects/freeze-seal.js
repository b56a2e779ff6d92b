// freeze, seal, preventExtensions and the three questions.
"use strict";
function bad(f) { try { f(); return "ok"; } catch (e) { return e.name; } }
function state(o) { return [Object.isExtensible(o), Object.isSealed(o), Object.isFrozen(o)].map(Number).join(""); }
var f = Object.freeze({ a: 1, deep: { b: 2 }, get g() { return 3; } });
var s = Object.seal({ a: 1 }), p = Object.preventExtensions({ a: 1 });
console.log(state({}), state({ a: 1 }), state(f), state(s), state(p), state(Object.preventExtensions({})));
console.log(bad(function () { f.a = 2; }), bad(function () { f.n = 2; }), bad(function () { delete f.a; }), bad(function () { f.deep.b = 5; }), f.deep.b, f.g);
console.log(bad(function () { s.a = 2; }), s.a, bad(function () { s.n = 2; }), bad(function () { delete s.a; }));
console.log(bad(function () { p.a = 2; }), bad(function () { p.n = 2; }), bad(function () { delete p.a; }), state(p));
console.log(Object.freeze(f) === f, Object.freeze(5), Object.seal("s"), Object.preventExtensions(null));
console.log(state(5), state("s"), state(undefined));
var arr = Object.freeze([1, 2, 3]);
console.log(bad(function () { arr[0] = 9; }), bad(function () { arr.push(4); }), bad(function () { arr.length = 0; }), bad(function () { arr.pop(); }), bad(function () { arr.sort(); }), arr.join());
var sealedArr = Object.seal([1, 2]);
console.log(bad(function () { sealedArr[0] = 9; }), bad(function () { sealedArr.push(3); }), sealedArr.join());
var fn = Object.freeze(function () { return "still callable"; });
console.log(fn(), bad(function () { fn.x = 1; }));
var o = Object.preventExtensions({ x: 1 });
console.log(bad(function () { Object.defineProperty(o, "y", { value: 1 }); }), bad(function () { Object.defineProperty(o, "x", { value: 5, writable: false, configurable: false }); }), state(o));
var child = Object.create(f);
console.log(bad(function () { child.a = 1; }), bad(function () { child.fresh = 1; }), child.fresh);
console.log(state(Object.defineProperty(Object.preventExtensions({ q: 1 }), "q", { writable: false, configurable: false })));
