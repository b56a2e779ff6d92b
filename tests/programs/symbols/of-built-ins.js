// Methods and properties of built-in objects whose keys are symbols.
"use strict";
const likes = { length: 2, 0: "a", 1: "b", [Symbol.isConcatSpreadable]: true };
console.log(["x"].concat(likes, { length: 1, 0: "no" }).length);
const closed = [1, 2];
closed[Symbol.isConcatSpreadable] = false;
console.log([0].concat(closed).length, [].concat(Object.assign(() => 1, { [Symbol.isConcatSpreadable]: true })).length);

const date = new Date(0);
console.log(date[Symbol.toPrimitive]("number"), typeof date[Symbol.toPrimitive]("default"), date + 1 === String(date) + "1");
try {
    date[Symbol.toPrimitive]("other");
} catch (error) {
    console.log(error.name, error.message);
}
class Base {}
console.log(Function.prototype[Symbol.hasInstance].call(Base, new Base()), Base[Symbol.hasInstance]({}));
console.log(Function.prototype[Symbol.hasInstance].call({}, {}), new Base() instanceof Base.bind());
console.log(String(JSON), String(Math), String(Reflect), String(new WeakMap()), String(new WeakSet()));
for (const owner of [Array, Map, Set, Promise, RegExp, ArrayBuffer, Object.getPrototypeOf(Uint8Array)]) {
    console.log(owner.name, owner[Symbol.species] === owner);
}
console.log(typeof Symbol.unscopables, Symbol.species.toString());

// Copies take symbols along.
const key = Symbol("key");
const copy = Object.assign({}, { [key]: 1, a: 2 });
console.log(copy[key], Object.getOwnPropertyDescriptors(copy)[key].value);
const defined = Object.defineProperties({}, { [key]: { value: 3 }, b: { value: 4, enumerable: true } });
console.log(defined[key], defined.b, Object.keys(defined));
class Bytes extends Uint8Array {
    static [Symbol.species] = Uint16Array;
}
console.log(new Bytes([1, 2]).map((x) => x + 300), new Bytes(2).slice(1) instanceof Bytes);
console.log(Symbol.iterator, Symbol("printed alone"));
