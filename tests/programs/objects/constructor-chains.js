"use strict";
// Objects that constructors fill with assignments to `this`, in the usual way and in others.
function attempt(f) {
    try {
        return String(f());
    } catch (e) {
        return e.name + ": " + e.message;
    }
}
function Point(x, y) {
    this.x = x;
    this.y = y;
}
Point.prototype.sum = function () { return this.x + this.y; };
Point.prototype.plus = function (o) { return new Point(this.x + o.x, this.y + o.y); };
function Point3(x, y, z) {
    Point.call(this, x, y);
    this.z = z;
}
Point3.prototype = Object.create(Point.prototype);
Point3.prototype.constructor = Point3;
Point3.prototype.sum = function () { return Point.prototype.sum.call(this) + this.z; };
function show(o) {
    return JSON.stringify(o) + " " + Object.keys(o).join() + " " + (o instanceof Point) + " " + (o instanceof Point3);
}
var p = new Point(1, 2), q = new Point3(3, 4, 5);
console.log(show(p), p.sum(), show(q), q.sum(), show(p.plus(q)), show(q.plus(p)));
p.extra = 1;
q.x = "text";
console.log(show(p), show(q), q.sum());

// The constructor on other objects.
var plain = {};
Point.call(plain, 5, 6);
var filled = { y: 0, x: 0, z: 1 };
Point.call(filled, 7, 8);
console.log(show(plain), show(filled));
console.log(attempt(function () { Point.call(undefined, 1, 2); }));
console.log(attempt(function () { Point.call("text", 1, 2); }));
console.log(attempt(function () { Point.call(Object.freeze({ x: 1 }), 1, 2); }));
console.log(attempt(function () { Point.call(Object.preventExtensions({ x: 1 }), 1, 2); }));

// Assigned twice, under conditions, in a loop, returned early.
function Odd(n) {
    this.first = n;
    if (n & 1) this.odd = true;
    this.first = n + 1;
    for (var i = 0; i < n; i++) this["k" + i] = i;
    if (n > 2) return;
    this.last = "last";
    if (n === 2) return { other: n };
}
for (var i = 0; i < 5; i++) console.log(show(new Odd(i)));

// Setters and read-only properties on the way up.
var log = [];
function Watched(v) {
    this.before = 1;
    this.value = v;
    this.after = 2;
}
Object.defineProperty(Watched.prototype, "value", {
    get: function () { return "got"; },
    set: function (v) { log.push("set " + v); },
    configurable: true,
});
console.log(show(new Watched(1)), new Watched(2).value, log.join());
Object.defineProperty(Watched.prototype, "value", { value: 7, writable: false });
console.log(attempt(function () { return new Watched(3); }));
delete Watched.prototype.value;
console.log(show(new Watched(4)));

// Another prototype object for later objects.
var older = new Point(1, 1);
Point.prototype = { sum: function () { return "new " + this.x; } };
var younger = new Point(2, 2);
console.log(older.sum(), younger.sum(), older instanceof Point, younger instanceof Point, show(new Point3(1, 2, 3)));
older.plus = 1;
console.log(older.plus, younger.plus, Object.keys(older).join());
Point.prototype = null;
console.log(new Point(3, 3).sum, Object.getPrototypeOf(new Point(3, 3)) === Object.prototype);
Point.prototype = Object.getPrototypeOf(older);
console.log(new Point(4, 4).sum());

// A constructor made several times over.
function maker(k) {
    function Made(v) {
        this.v = v;
        this.k = k;
    }
    Made.prototype.get = function () { return this.v + this.k; };
    return Made;
}
var A = maker(10), B = maker(20);
var a = new A(1), b = new B(1);
console.log(a.get(), b.get(), a instanceof A, a instanceof B, b instanceof B, show(a));

// Definitions and deletions while under construction.
function Late(v) {
    this.a = v;
    Object.defineProperty(this, "b", { value: v, enumerable: true });
    this.c = v;
    delete this.a;
    this.d = v;
    this.a = "again";
}
console.log(show(new Late(1)), attempt(function () { new Late(1).b = 2; }));
function Frozen() {
    this.a = 1;
    Object.freeze(this);
    this.b = 2;
}
console.log(attempt(function () { return new Frozen(); }));
function Tricky() {
    this.a = 1;
    Object.setPrototypeOf(this, { b: "inherited" });
    this.c = this.b;
    this.b = 3;
}
console.log(show(new Tricky()), new Tricky().c);
var many = [];
for (i = 0; i < 300; i++) many.push(i % 3 ? new Point3(i, i, i) : new B(i));
console.log(many.map(function (o) { return o.z || o.v || 0; }).reduce(function (s, v) { return s + v; }));
