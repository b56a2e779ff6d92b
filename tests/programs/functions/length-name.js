// The length and name of functions, and their attributes.
"use strict";
function none() { }
function two(a, b) { }
function defaults(a, b = 1, c) { }
function rest(a, ...r) { }
console.log(none.length, two.length, defaults.length, rest.length, (() => 1).length, ((a, b) => 1).length);
console.log(none.name, two.name, JSON.stringify((function () { }).name), (function inner() { }).name);
var assigned = function () { }, arrow = () => 1, other = assigned;
console.log(assigned.name, arrow.name, other.name);
var o = { key: function () { }, "two words": function () { }, arrow: () => 1, 5: function () { } };
console.log(o.key.name, o["two words"].name, o.arrow.name, o[5].name);
let viaLet = function () { };
const viaConst = function own() { };
console.log(viaLet.name, viaConst.name);
console.log(Math.max.length, "".slice.length, [].push.length, parseInt.length, Array.isArray.name, [].forEach.name);
function attrs(k) { var d = Object.getOwnPropertyDescriptor(two, k); return [k, d.writable, d.enumerable, d.configurable].join(); }
console.log(attrs("length"), attrs("name"), attrs("prototype"));
try { two.length = 5; } catch (e) { console.log(e.name, two.length); }
Object.defineProperty(two, "length", { value: 9 });
console.log(two.length);
two.extra = "property";
console.log(two.extra, Object.keys(two).join());
function d(p = function () { }) { return p.name; }
console.log(d());
console.log(Object.getOwnPropertyDescriptor({ get g() { return 1; } }, "g").get.name);
