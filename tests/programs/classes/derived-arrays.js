// Methods of a class derived from Array make instances of it; the class can say otherwise.
"use strict";
class Stack extends Array {
    get top() {
        return this[this.length - 1];
    }
}
const stack = Stack.of(1, 2, 3);
console.log(stack instanceof Stack, stack.length, stack.top);
for (const made of [
    stack.map((x) => x * 2), stack.filter((x) => x > 1), stack.slice(1), stack.concat([4, 5], 6), stack.flat(),
    stack.flatMap((x) => [x, x]), Stack.from([7, 8, 9]), Stack.from("abc", (c) => c + c), stack.splice(0, 1),
]) {
    console.log(made instanceof Stack, made.length, made.top);
}
console.log(stack.length, stack.toReversed() instanceof Stack);
console.log(Array.from(stack) instanceof Stack, [...stack] instanceof Stack);

class Plain extends Array {
    static get [Symbol.species]() {
        return Array;
    }
}
const plain = Plain.from([1, 2, 3]);
console.log(plain instanceof Plain, plain.map((x) => x) instanceof Plain, plain.slice() instanceof Array);

// Anything may be the constructor.
class Log {
    constructor(length) {
        this.asked = length;
    }
}
const list = [1, 2, 3];
list.constructor = { [Symbol.species]: Log };
const log = list.map((x) => x + 1);
console.log(log instanceof Log, log.asked, log[0], log[2], log.length);
console.log(list.slice(1).length, list.filter(() => true).asked);
list.constructor = undefined;
console.log(Array.isArray(list.map((x) => x)));
list.constructor = 0;
try {
    list.map((x) => x);
} catch (error) {
    console.log(error.name);
}
const made = Array.from.call(Log, { length: 2, 0: "a", 1: "b" });
console.log(made instanceof Log, made.asked, made[1], made.length);
console.log(Array.of.call(undefined, 1, 2).length, Array[Symbol.species] === Array);
function Args(...args) {
    this.args = args;
}
console.log(Array.from.call(Args, { length: 2 }).args, Array.of.call(Args).args);
const mixed = [1, 2];
mixed.constructor = { [Symbol.species]: Log };
const joined = mixed.concat([3], 4);
console.log(joined instanceof Log, joined.length, joined[2], joined[3]);
