"use strict";
// The operations of objects as functions, which answer false where a refusal would throw.
const show = (body) => {
  try {
    console.log(body());
  } catch (error) {
    console.log(error.name);
  }
};
const tag = Symbol("tag");
const base = { inherited: 1, get twice() { return this.n * 2; }, set twice(v) { this.n = v / 2; } };
const object = Object.create(base, { n: { value: 4, writable: true, enumerable: true, configurable: true } });
object[tag] = "symbol";
object[1] = "one";
console.log(Reflect.ownKeys(object));
console.log(Reflect.ownKeys([7, 8]).join(), Reflect.has(object, "inherited"), Reflect.has(object, "none"));
console.log(Reflect.get(object, "twice"), Reflect.get(base, "twice", { n: 50 }), Reflect.get([1, 2], 1));
console.log(Reflect.set(object, "twice", 10), object.n, Reflect.set(object, "inherited", 2), object.inherited, base.inherited);
const receiver = {};
console.log(Reflect.set(base, "inherited", 5, receiver), receiver.inherited, base.inherited, Reflect.set({}, "x", 1, 5));
const frozen = Object.freeze({ a: 1 });
console.log(Reflect.set(frozen, "a", 2), Reflect.deleteProperty(frozen, "a"), Reflect.defineProperty(frozen, "b", { value: 1 }));
console.log(Reflect.deleteProperty(object, "n"), "n" in object, Reflect.defineProperty(object, "m", { value: 3 }));
console.log(Reflect.getOwnPropertyDescriptor(object, "m"), Reflect.getPrototypeOf(object) === base);
console.log(Reflect.isExtensible(object), Reflect.preventExtensions(object), Reflect.isExtensible(object));
console.log(Reflect.setPrototypeOf(object, null), Reflect.setPrototypeOf({}, null), Reflect.setPrototypeOf(object, base));
console.log(Reflect.apply(Math.max, null, [1, 9, 4]), Reflect.apply(function (x) { return this.k + x; }, { k: 1 }, { 0: 2, length: 1 }));
class Point {
  constructor(x, y) { this.x = x; this.y = y; this.target = new.target.name; }
  sum() { return this.x + this.y; }
}
class Other { sum() { return "other"; } }
const point = Reflect.construct(Point, [1, 2]);
const other = Reflect.construct(Point, [1, 2], Other);
console.log(point.sum(), point.target, other.sum(), other.target, other instanceof Other, other instanceof Point);
console.log(Reflect.construct(Array, [3]).length, Reflect.construct(Date, [0]).getTime());
const list = [1, 2, 3];
console.log(Reflect.set(list, "length", 1), list, Reflect.set(list, 1, 7), list, Reflect.deleteProperty(list, "length"));
show(() => Reflect.get(1, "a"));
show(() => Reflect.apply(1));
show(() => Reflect.apply(show, null));
show(() => Reflect.construct(() => {}, []));
show(() => Reflect.setPrototypeOf({}, 1));
show(() => Reflect.ownKeys("text"));
console.log(Object.prototype.toString.call(Reflect), Reflect.apply.length, Reflect.set.name);
