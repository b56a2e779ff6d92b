// Array methods on strings, arguments and plain objects.
"use strict";
var A = Array.prototype, o = { length: 3, 0: "a", 1: "b", 2: "c" };
console.log(A.join.call(o), A.slice.call(o, 1).join(), A.map.call(o, function (x) { return x + x; }).join(), A.indexOf.call(o, "b"), A.reduce.call(o, function (x, y) { return x + y; }), A.concat.call(o).length, A.toString.call(o));
console.log(A.join.call({ length: "2", 0: 1, 1: 2 }), A.join.call({ length: 2.9, 0: 1, 1: 2 }), A.join.call({ length: -1, 0: 1 }) === "", A.join.call({ length: NaN }) === "", A.join.call({}) === "", A.map.call(5, function () { }).length, A.map.call(true, String).length);
(function () { console.log(A.join.call(arguments, "+"), A.map.call(arguments, function (x) { return x * 2; }).join(), A.filter.call(arguments, function (x) { return x > 1; }).join(), A.shift.call(arguments), arguments.length, arguments[0]); })(1, 2, 3);
[null, undefined].forEach(function (v) { try { A.map.call(v, String); } catch (e) { console.log(e.name); } });
try { A.push.call("abc", "d"); } catch (e) { console.log(e.name); }
try { A.reverse.call("abc"); } catch (e) { console.log(e.name); }
try { A.push.call(Object.freeze({ length: 0 }), 1); } catch (e) { console.log(e.name); }
var inherit = Object.create({ length: 2, 0: "i0", 1: "i1" });
console.log(A.join.call(inherit), A.push.call(inherit, "own"), inherit.length, inherit.hasOwnProperty("length"), A.some.call(inherit, function (x) { return x === "own"; }));
var getter = { get length() { return 2; }, get 0() { return "g0"; }, 1: "g1" };
console.log(A.join.call(getter), A.lastIndexOf.call(getter, "g1"), A.every.call(getter, function (x) { return x.length === 2; }));
