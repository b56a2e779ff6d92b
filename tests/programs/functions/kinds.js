// What tells asynchronous functions and generator functions from others: constructors, tags, how they are shown.
"use strict";

async function waits() {}
function* yields() {}
async function* both() {}
const arrow = async () => 1;
class Holder {
    async method() {}
    *items() {}
}

const functions = [waits, yields, both, arrow, new Holder().method, Holder.prototype.items, () => 1, Holder];
for (const f of functions) {
    console.log(f.constructor.name, Object.prototype.toString.call(f), f instanceof Function, f);
}

const AsyncFunction = waits.constructor;
const GeneratorFunction = yields.constructor;
console.log(AsyncFunction === Function, AsyncFunction === arrow.constructor, AsyncFunction.length);
console.log(waits instanceof AsyncFunction, yields instanceof AsyncFunction, yields instanceof GeneratorFunction);
console.log(Object.getPrototypeOf(AsyncFunction) === Function);
console.log(Object.getPrototypeOf(waits) === AsyncFunction.prototype, "prototype" in waits, Object.keys(waits));
console.log(Object.getPrototypeOf(yields.prototype) === GeneratorFunction.prototype.prototype);
console.log(GeneratorFunction.prototype.prototype.constructor === GeneratorFunction.prototype);
console.log(Object.getOwnPropertyDescriptor(AsyncFunction.prototype, Symbol.toStringTag));
try {
    AsyncFunction.prototype.constructor = 1;
} catch (error) {
    console.log(error.name);
}
try {
    new waits();
} catch (error) {
    console.log(error.name);
}
