// In strict code this is passed as it is: no boxing, no global object.
"use strict";
function me() { return this; }
console.log(me(), me.call(5), me.call(null), me.call(undefined), me.call("s"), typeof me.call(5), me.apply(true));
var o = { me: me, nested: { me: me, n: 1 }, n: 0 };
console.log(o.me() === o, o.nested.me().n, (o.me)() === o, (0, o.me)(), o["me"]() === o);
var free = o.me;
console.log(free(), [me][0]().length, [1].map(me)[0], [1].map(me, "thisArg")[0]);
Number.prototype.self = function () { return typeof this; };
String.prototype.self = function () { return typeof this + this; };
console.log((5).self(), "str".self());
Object.defineProperty(Number.prototype, "getThis", { get: function () { return typeof this; }, configurable: true });
console.log((1.5).getThis);
delete Number.prototype.self;
delete String.prototype.self;
delete Number.prototype.getThis;
console.log((5).self, "".self);
function outer() { return (function () { return this; })(); }
console.log(outer.call(o));
function arrow() { return (() => this)(); }
console.log(arrow.call(o) === o, arrow.call(7));
var cb = { list: [1, 2], k: 10, sum: function () { return this.list.map((x) => x + this.k).join(); } };
console.log(cb.sum());
function Ctor() { this.same = this instanceof Ctor; }
console.log(new Ctor().same);
try { Ctor(); } catch (e) { console.log(e.name); }
try { throw me; } catch (f) { console.log(f() === undefined); }
