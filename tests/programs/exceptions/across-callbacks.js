// Exceptions pass through library functions that call back, and leave them usable.
"use strict";
var log = "";
var a = [5, 3, 4, 1];
function stop(f) { try { f(); return "no"; } catch (e) { return e; } }
console.log(stop(function () { a.forEach(function (v) { log += v; if (v === 3) throw "each"; }); }), log);
console.log(stop(function () { a.map(function (v) { if (v === 4) throw "map"; return v; }); }));
console.log(stop(function () { a.reduce(function (s, v) { if (v === 1) throw "reduce " + s; return s + v; }, 0); }));
var n = 0;
console.log(stop(function () { a.slice().sort(function (x, y) { if (++n === 3) throw "sort"; return x - y; }); }), a.join());
console.log(stop(function () { "a-b".replace("-", function (m) { throw "replace " + m; }); }));
console.log(stop(function () { JSON.stringify({ a: { b: 1 } }, function (k, v) { if (k === "b") throw "stringify"; return v; }); }));
console.log(stop(function () { JSON.parse("[1,[2]]", function (k, v) { if (v === 2) throw "parse"; return v; }); }));
console.log(stop(function () { (function () { throw this; }).call("call"); }) + "");
console.log(stop(function () { (function (x) { throw x; }).apply(null, ["apply"]); }));
console.log(stop((function () { throw "bound"; }).bind(null)));
console.log(stop(function () { Object.defineProperty({}, "x", { get value() { throw "descriptor"; } }); }));
console.log(stop(function () { [1, { toString: function () { throw "join"; } }].join(); }));
console.log(stop(function () { a.some(function (v) { return v === 3; }); }), a.map(function (v) { return v * 2; }).join());
console.log(stop(function () { [3, { valueOf: function () { throw "max"; } }].reduce(function (x, y) { return Math.max(x, y); }); }));
