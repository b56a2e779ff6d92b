// String(x), x + "" and template conversion of every kind of value.
"use strict";
function F() { }
F.prototype.toString = function () { return "F!"; };
var vs = [undefined, null, true, false, 0, -0, 1.5, NaN, -Infinity, 1e21, 1e-7, "s", "", [], [1], [1, [2, 3]], [null], [undefined, 1], {}, new F(), new Number(7), new String("w"), new Boolean(false), new Error("m"), new RangeError(""), Math, JSON];
console.log(vs.map(String).join("|"));
console.log(vs.map(function (v) { return "" + v === String(v) && `${v}` === String(v) ? 1 : 0; }).join(""));
console.log([1, "2", null].toString(), (true).toString(), "str".toString(), new F().toString(), [[], [[]], [[1], 2]].toString() + "|", ({}).toString());
console.log(String() === "", String(String) === String + "", typeof String(function () { }), typeof String({}), String([1, { toString: function () { return "in"; } }]));
try { null.toString(); } catch (e) { console.log(e.name); }
try { String(Object.create(null)); } catch (e) { console.log(e.name); }
console.log(String({ valueOf: function () { return "v"; } }), "" + { valueOf: function () { return "v"; } }, `${{ valueOf: function () { return "v"; } }}`);
