// Errors that the language itself throws are of the right type.
"use strict";
function kind(f) { try { f(); return "none"; } catch (e) { return e.name + (e instanceof Error ? "" : "!"); } }
var u, n = null, num = 5, o = {};
console.log(kind(function () { u.x; }), kind(function () { n.x; }), kind(function () { u.x = 1; }));
console.log(kind(function () { num(); }), kind(function () { o.f(); }), kind(function () { "s"(); }));
console.log(kind(function () { new num(); }), kind(function () { new o.f(); }), kind(function () { new (() => 1)(); }));
console.log(kind(function () { missing; }), kind(function () { missing(); }), kind(function () { missing = 1; }));
console.log(kind(function () { "x" in "y"; }), kind(function () { o instanceof 5; }), kind(function () { o instanceof o; }));
console.log(kind(function () { "abc".length = 1; }), kind(function () { "abc"[0] = "x"; }), kind(function () { num.p = 1; }));
console.log(kind(function () { delete Object.prototype; }), kind(function () { undefined = 1; }), kind(function () { NaN = 1; }));
console.log(kind(function () { [].length = -1; }), kind(function () { new Array(-1); }), kind(function () { num.toFixed(101); }));
console.log(kind(function () { num.toString(1); }), kind(function () { num.toPrecision(0); }), kind(function () { num.toExponential(-1); }));
console.log(kind(function () { decodeURIComponent("%"); }), kind(function () { JSON.parse("{"); }), kind(function () { [].reduce(function () { }); }));
console.log(kind(function () { Object.defineProperty(1, "x", {}); }), kind(function () { Object.create(1); }));
console.log(kind(function () { Function.prototype.call.call(1); }), kind(function () { [1].map(2); }), kind(function () { for (var x of 5); }));
console.log(kind(function () { for (var x of undefined); }), kind(function () { for (var x in undefined); }), kind(function () { Math.max(...5); }));
console.log(kind(function () { String.prototype.trim.call(null); }), kind(function () { ({ toString: null, valueOf: null }) + ""; }));
