// What scripts used before Object.defineProperty.
"use strict";
const counter = { count: 0 };
console.log(counter.__defineGetter__("next", function () { return ++this.count; }), counter.next, counter.next);
counter.__defineSetter__("next", function (value) { this.count = value; });
counter.next = 10;
console.log(counter.next, Object.getOwnPropertyDescriptor(counter, "next").enumerable);
const derived = Object.create(counter);
console.log(derived.__lookupGetter__("next") === counter.__lookupGetter__("next"), typeof derived.__lookupSetter__("next"));
console.log(counter.__lookupGetter__("count"), counter.__lookupSetter__("none"));
for (const attempt of [
    () => counter.__defineGetter__("x", 1),
    () => Object.freeze({}).__defineGetter__("x", () => 1),
    () => Object.prototype.__lookupGetter__.call(null, "x"),
    () => (function () {}).caller,
    () => (() => 1).arguments,
]) {
    try {
        console.log(attempt());
    } catch (error) {
        console.log(error.name);
    }
}
console.log(Object.hasOwn(counter.__defineGetter__, "caller"), "caller" in counter.__defineGetter__);
