// The delete operator: results, and what it refuses in strict code.
"use strict";
function bad(f) { try { return f(); } catch (e) { return e.name; } }
var o = { a: 1, b: 2 };
console.log(delete o.a, delete o.a, delete o.never, "a" in o, o.a);
console.log(delete o["b"], Object.keys(o).length, delete {}.x, delete 5, delete "s".q);
console.log(bad(function () { return delete [].length; }), bad(function () { return delete Math.PI; }), bad(function () { return delete (function () { }).prototype; }));
console.log(bad(function () { return delete "abc"[0]; }), bad(function () { return delete "abc".length; }), bad(function () { return delete "abc"[5]; }));
console.log(bad(function () { return delete null.x; }), bad(function () { return delete undefined["x"]; }));
var child = Object.create({ inherited: 1 });
child.inherited = 2;
console.log(child.inherited, delete child.inherited, child.inherited, delete child.inherited, child.inherited);
var frozen = Object.freeze({ f: 1 });
console.log(bad(function () { return delete frozen.f; }), bad(function () { return delete frozen.g; }));
var k = { i: 0 };
console.log(delete k[(k.i++, "i")], "i" in k);
var many = {};
for (var i = 0; i < 20; i++) many["k" + i] = i;
for (i = 0; i < 20; i += 2) delete many["k" + i];
console.log(Object.keys(many).join(), many.k7, many.k8);
many.k8 = "back";
console.log(Object.keys(many).pop(), many.k8, many.k9);
console.log(delete Object.prototype.notThere, delete (function () { }).name, delete [1].foo);
var f = function () { };
f.x = 1;
console.log(delete f.x, f.x, typeof delete f.y);
