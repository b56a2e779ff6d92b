"use strict";
class Point {
  constructor(x, y) { this.x = x; this.y = y; }
  get sum() { return this.x + this.y; }
  set sum(v) { this.x = v - this.y; }
  plus(o) { return new Point(this.x + o.x, this.y + o.y); }
  toString() { return `(${this.x}, ${this.y})`; }
  static origin() { return new this(0, 0); }
  static count = 3;
  static { this.made = this.count + 1; }
  ['computed' + 1]() { return 'c' + this.x; }
}
var p = new Point(1, 2).plus(new Point(3, 4));
console.log(String(p), p.sum, Point.origin().toString(), Point.count, Point.made, p.computed1());
p.sum = 20;
console.log(p.x, Object.keys(p).join(), Object.keys(Point.prototype).length, Point.name, Point.length);
console.log(typeof Point, Point.prototype.constructor === Point, p instanceof Point, Point.prototype.plus.name);
function attempt(f) { try { return f(); } catch (e) { return e.name + ': ' + e.message; } }
console.log(attempt(() => Point(1, 2)));
console.log(attempt(() => new p.plus()));
console.log(attempt(() => { Point.prototype = {}; }).slice(0, 9));
class Point3 extends Point {
  z = 9;
  constructor(x, y, z) { super(x, y); if (z !== undefined) this.z = z; }
  toString() { return super.toString() + '+' + this.z; }
  get sum() { return super.sum + this.z; }
  static origin() { const o = super.origin(); o.z = -1; return o; }
}
var q = new Point3(1, 2, 3);
console.log(String(q), q.sum, String(Point3.origin()), q instanceof Point, Object.getPrototypeOf(Point3) === Point);
console.log(new (class extends Point {})(7, 8).toString(), (class Named {}).name, (class {}).name === '');
class Early extends Point { constructor(f) { f(() => this); super(1, 1); } }
var get; new Early(g => { get = g; });
console.log(get().x, attempt(() => new Early(g => g())));
console.log(attempt(() => new (class extends Point { constructor() { } })()));
console.log(attempt(() => new (class extends Point { constructor() { super(); super(); } })()));
console.log(attempt(() => new (class extends Point { constructor() { return 1; } })()));
console.log(new (class extends Point { constructor() { return { own: 1 }; } })().own);
console.log(attempt(() => class extends 5 {}));
class Null extends null { static hi() { return 'hi'; } }
console.log(Null.hi(), Object.getPrototypeOf(Null.prototype));
console.log(attempt(() => { new Later(); class Later {} }));
class MyError extends Error { constructor(m) { super(m); this.name = 'MyError'; } }
var e = new MyError('boom');
console.log(e instanceof MyError, e instanceof Error, e.message, String(e), Object.prototype.toString.call(e));
class Stack extends Array { top() { return this[this.length - 1]; } }
var s = new Stack(); s.push(1, 2);
console.log(s.length, s.top(), s instanceof Stack, Array.isArray(s));
class Target { constructor() { this.t = new.target === Target ? 'base' : new.target.name; } }
class Sub extends Target {}
console.log(new Target().t, new Sub().t);
console.log(Point, Point3, class {}, [class extends Point {}], p, q, { [Symbol('k')]: 1, z: Symbol() });
