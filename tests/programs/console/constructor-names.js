// Objects made by constructors are shown with the constructor's name.
"use strict";
function Point(x, y) { this.x = x; this.y = y; }
function Empty() { }
function Line(a, b) { this.from = a; this.to = b; }
console.log(new Point(1, 2), new Empty(), new Line(new Point(0, 0), new Point(3, 4)));
console.log([new Point(1, 2), new Empty()], { p: new Point(5, 6), e: new Empty() });
function Base() { }
function Derived() { this.d = 1; }
Derived.prototype = Object.create(Base.prototype);
console.log(new Derived());
Derived.prototype.constructor = Derived;
console.log(new Derived());
console.log(Object.create(Point.prototype), Object.create(new Point(1, 2)));
var bare = Object.create(null);
console.log(bare);
bare.x = 1; bare.o = { y: 2 };
console.log(bare, [bare], { bare: bare });
var Assigned = function () { this.v = 1; };
console.log(new Assigned(), new (function () { this.anon = 1; })());
var o = { constructor: "own property" };
console.log(o, { constructor: Point });
console.log(new Line([1, 2], { a: 1 }), new Line(new Line(new Line(new Line(1, 2), 3), 4), 5));
