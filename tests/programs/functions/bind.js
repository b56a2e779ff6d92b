// Function.prototype.bind: fixed this, fixed arguments, constructors, length and name.
"use strict";
function show() { return String(this) + "(" + Array.prototype.join.call(arguments) + ")"; }
var b = show.bind("t", 1);
console.log(b(), b(2, 3), b.call("other", 4), b.apply("other", [5]));
var bb = b.bind("ignored", 9);
console.log(bb(), bb(8));
function three(a, b, c) { }
console.log(three.bind().length, three.bind(null, 1).length, three.bind(null, 1, 2, 3, 4).length);
console.log(three.bind().name, three.bind().bind().name, (function () { }).bind().name);
function Point(x, y) { this.x = x; this.y = y; }
Point.prototype.sum = function () { return this.x + this.y; };
var P1 = Point.bind({ ignored: true }, 10);
var p = new P1(5);
console.log(p.sum(), p instanceof Point, p instanceof P1, p.constructor === Point, "prototype" in P1);
console.log(typeof P1, P1 === Point.bind(), Object.keys(P1).length);
var o = { n: 5, get: function () { return this.n; } };
var get = o.get.bind(o);
o.n = 6;
console.log(get(), [1, 2].map(get).join(), setLike(get));
function setLike(f) { return f(); }
try { Function.prototype.bind.call({}); } catch (e) { console.log(e.name); }
console.log(Math.max.bind(null, 5)(1, 9), "abc".charAt.bind("xyz", 1)(), parseInt.bind(null)("12", 3));
var arrow = ((x, y) => x + y).bind(null, "a");
console.log(arrow("b"));
