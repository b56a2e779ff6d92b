// for-in visits inherited enumerable keys once, own ones first.
"use strict";
function keys(o) { var r = []; for (var k in o) r.push(k); return r.join(); }
var base = { a: 1, b: 2 }, mid = Object.create(base), top = Object.create(mid);
mid.c = 3; mid.a = "shadow"; top.d = 4; top.b = 5;
console.log(keys(base), "|", keys(mid), "|", keys(top));
console.log(keys([7, 8]), "|", keys("xy"), "|", keys(5), "|", keys(null), "|", keys(undefined), "|", keys(true));
console.log(keys({}), "|", keys(function () { }), "|", keys(Object.create(null)));
var o = { k: 1 }, target = {}, i = 0, list = [];
for (target.prop in { p: 1, q: 2 }) list.push(target.prop);
for (list[i++] in { r: 1, s: 2 });
console.log(list.join(), i);
var last;
for (last in { one: 1, two: 2 });
console.log(last);
for (var typed in [1]) console.log(typeof typed, typed);
var n = 0;
for (var a in { x: 1, y: 2 }) for (var b in { u: 1, v: 2, w: 3 }) n++;
console.log(n, a, b);
for (const c in { only: 1 }) console.log(c);
var s = "";
for (let key in { a: 1, b: 2, c: 3 }) { if (key === "b") continue; s += key; if (key === "c") break; }
console.log(s);
(function () { for (var k in { ret: 1 }) { return console.log("returned", k); } })();
function Ctor() { this.own = 1; }
Ctor.prototype.method = function () { };
console.log(keys(new Ctor()));
