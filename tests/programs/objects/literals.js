// Object literals: all kinds of keys, duplicates, accessors, nesting.
"use strict";
var o = { a: 1, "b c": 2, 3: "three", 0x10: "hex", 1.5: "frac", 1e3: "exp", if: "keyword", "": "empty", a: "last wins" };
console.log(o.a, o["b c"], o[3], o["16"], o[1.5], o["1000"], o.if, o[""]);
console.log(Object.keys(o).join("|"));
var acc = { get v() { return this._v * 2; }, set v(x) { this._v = x; }, _v: 1 };
acc.v = 21;
console.log(acc.v, acc._v);
var both = { get p() { return 1; }, p: 2 };
console.log(both.p, { p: 1, get p() { return "getter"; } }.p);
console.log({}.toString(), typeof {}, Object.keys({}).length);
var deep = { l: { l: { l: [{ end: "found" }] } } };
console.log(deep.l.l.l[0].end, deep["l"]["l"].l.length);
var n = 0, order = { c: n++, a: n++, b: n++ };
console.log(order.a, order.b, order.c, Object.keys(order).join());
var f = { class: 1, return: 2, new: 3, get: 4, set: 5, let: 6, null: 7, true: 8 };
console.log(f.class + f.return + f.new + f.get + f.set + f.let + f.null + f.true);
console.log({ f: function () { return this.k; }, k: "method" }.f());
console.log([{ a: 1 }, { a: 2 }].map(function (e) { return e.a; }).join());
function same() { return { x: 1 }; }
var p = same(), q = same();
p.x = 5;
console.log(p.x, q.x, p === q);
