// Read-only, hidden and permanent properties under assignment, deletion and enumeration.
"use strict";
function bad(f) { try { f(); return "ok"; } catch (e) { return e.name; } }
var o = {};
Object.defineProperty(o, "ro", { value: 1, enumerable: true, configurable: true });
Object.defineProperty(o, "hid", { value: 2, writable: true, configurable: true });
Object.defineProperty(o, "perm", { value: 3, writable: true, enumerable: true });
console.log(bad(function () { o.ro = 9; }), bad(function () { o.ro += 1; }), bad(function () { o.ro++; }), o.ro);
console.log(bad(function () { o.hid = 9; }), o.hid, bad(function () { o.perm = 9; }), o.perm);
console.log(bad(function () { delete o.perm; }), bad(function () { delete o.ro; }), "ro" in o);
var names = [];
for (var k in o) names.push(k);
console.log(names.join(), Object.keys(o).join(), Object.getOwnPropertyNames(o).join(), JSON.stringify(o));
var proto = Object.defineProperty({}, "x", { value: "inherited read-only" });
var child = Object.create(proto);
console.log(bad(function () { child.x = 1; }), child.x, bad(function () { Object.defineProperty(child, "x", { value: "own" }); }), child.x);
var hiddenShadow = Object.create({ v: 1, w: 2 }, { v: { value: 0 } });
names = [];
for (k in hiddenShadow) names.push(k);
console.log(names.join());
console.log(o.propertyIsEnumerable("hid"), o.propertyIsEnumerable("perm"), o.propertyIsEnumerable("toString"));
function F() { }
F.prototype.m = 1;
Object.defineProperty(F.prototype, "m", { writable: false });
console.log(bad(function () { new F().m = 2; }), bad(function () { F.prototype = {}; }));
var arr = [1, 2, 3];
Object.defineProperty(arr, "tag", { value: "t" });
console.log(Object.keys(arr).join(), arr.tag, bad(function () { arr.tag = 1; }));
