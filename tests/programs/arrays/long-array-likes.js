// Array methods on objects that claim to be longer than any array.
"use strict";
const MAX = 2 ** 53 - 1;
const long = { length: MAX, [MAX - 1]: "last", [MAX - 2]: "one before", 5: "five" };
console.log(Array.prototype.indexOf.call(long, "one before", -5));
console.log(Array.prototype.lastIndexOf.call(long, "last"));
console.log(Array.prototype.at.call(long, -2), Array.prototype.includes.call(long, "last", MAX - 2));
console.log(Array.prototype.slice.call(long, -2), Array.prototype.slice.call(long, 5, 6));
console.log(Array.prototype.findLastIndex.call(long, (x) => x === "one before"));
console.log(Array.prototype.pop.call(long), long.length);
console.log(Array.prototype.push.call(long), long.length);
console.log(Array.prototype.push.call(long, "again"), long[MAX - 1]);
try {
    Array.prototype.push.call(long, 1);
} catch (error) {
    console.log(error.name, error.message);
}
for (const method of ["unshift", "splice", "toSpliced"]) {
    try {
        Array.prototype[method].call(long, 0, 0, 1);
    } catch (error) {
        console.log(error.name);
    }
}
const removed = Array.prototype.splice.call(long, MAX - 2, 1);
console.log(removed, long.length, long[MAX - 2], MAX - 1 in long);
console.log(Array.prototype.fill.call({ length: 2 ** 40 }, 1, 2 ** 40 - 1));
const copied = { length: 2 ** 40, [2 ** 40 - 1]: "x" };
console.log(Array.prototype.copyWithin.call(copied, 0, 2 ** 40 - 1)[0]);
for (const method of ["map", "toReversed", "with", "toSorted"]) {
    try {
        Array.prototype[method].call({ length: 2 ** 40 }, method === "with" ? 0 : undefined);
    } catch (error) {
        console.log(error.name, error.message);
    }
}
console.log(Array.prototype.some.call({ length: 2 ** 32 + 1, 3: 1 }, (x) => x === 1));
const empty = { length: -1 };
console.log(Array.prototype.splice.call(empty, 5, 1), empty.length);
try {
    Array.prototype.unshift.call("");
} catch (error) {
    console.log(error.name);
}
