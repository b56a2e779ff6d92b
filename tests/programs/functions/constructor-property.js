// The prototype object of a function, and inheritance by hand.
"use strict";
function Shape(name) { this.name = name; }
Shape.prototype.describe = function () { return this.name + " of area " + this.area(); };
function Rect(w, h) { Shape.call(this, "rect"); this.w = w; this.h = h; }
Rect.prototype = Object.create(Shape.prototype, { constructor: { value: Rect, writable: true, configurable: true } });
Rect.prototype.area = function () { return this.w * this.h; };
function Square(s) { Rect.call(this, s, s); this.name = "square"; }
Square.prototype = Object.create(Rect.prototype);
Square.prototype.constructor = Square;
Square.prototype.describe = function () { return "[" + Rect.prototype.describe.call(this) + "]"; };
var r = new Rect(2, 3), s = new Square(4);
console.log(r.describe(), s.describe());
console.log(s instanceof Square, s instanceof Rect, s instanceof Shape, s instanceof Object, r instanceof Square);
console.log(r.constructor === Rect, s.constructor === Square, Object.keys(s).join());
function F() { }
var d = Object.getOwnPropertyDescriptor(F.prototype, "constructor");
console.log(d.value === F, d.writable, d.enumerable, d.configurable, Object.keys(F.prototype).length);
console.log(F.hasOwnProperty("prototype"), (() => 1).hasOwnProperty("prototype"), F.prototype === F.prototype);
Shape.prototype.added = function () { return "late " + this.name; };
console.log(s.added(), Shape.prototype.isPrototypeOf(s), Rect.prototype.isPrototypeOf(new Shape("x")));
var key, n = 0;
for (key in s) n++;
console.log(n, s.hasOwnProperty("describe"), "describe" in s);
