// Conversion of objects: hints, order of valueOf and toString, failures.
"use strict";
var log;
function obj(v, t) { return { valueOf: function () { log += "v"; return v; }, toString: function () { log += "t"; return t; } }; }
function run(f) { log = ""; var r; try { r = f(); } catch (e) { r = e.name; } return String(r) + "/" + log; }
var o = {};
console.log(run(function () { return obj(1, "s") + 1; }), run(function () { return obj(1, "s") + "x"; }), run(function () { return obj(o, "s") + 1; }), run(function () { return obj(o, o) + 1; }));
console.log(run(function () { return String(obj(1, "s")); }), run(function () { return String(obj(1, o)); }), run(function () { return `${obj(1, "s")}`; }), run(function () { return "" + obj(1, "s"); }));
console.log(run(function () { return obj("5", "s") * 2; }), run(function () { return +obj(o, "7"); }), run(function () { return -obj(null, "s"); }), run(function () { return ~obj(undefined, ""); }));
console.log(run(function () { return obj(1, "s") == 1; }), run(function () { return obj(1, "s") == "s"; }), run(function () { return obj(2, "s") < 3; }), run(function () { return obj("b", "s") > "a"; }));
console.log(run(function () { return ({ k: 1, s: 2 })[obj("k", "s")]; }), run(function () { return obj("k", "s") in { k: 1 }; }), run(function () { return [1, 2][obj(5, "1")]; }));
console.log(run(function () { return [obj(1, "s"), obj(2, "t")].join(); }), run(function () { return Number(obj(8, "9")); }), run(function () { return isNaN(obj("x", "1")); }), run(function () { return parseInt(obj(5, "6")); }));
console.log(run(function () { return "abc".charAt(obj(1, "2")); }), run(function () { return Math.max(obj(3, "4"), obj(1, "9")); }), run(function () { return obj(1, "s") ? "truthy" : "falsy"; }), run(function () { return new Error(obj(1, "msg")).message; }));
console.log(run(function () { return [] + []; }), run(function () { return {} + []; }), run(function () { return [1] * [2]; }), run(function () { return [1, 2] * 1; }), run(function () { return +[]; }), run(function () { return +[[["3"]]]; }));
console.log(run(function () { return [null, undefined, [null], [[], [1]]] + ""; }), run(function () { return Object.create(null) + 1; }), run(function () { return (function () { }).valueOf() === 1; }));
