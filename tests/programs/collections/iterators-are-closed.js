// Who stops in the middle of an iteration says so to the iterator.
"use strict";
function source(values) {
    let index = 0;
    return {
        [Symbol.iterator]() { return this; },
        next() { return index < values.length ? { done: false, value: values[index++] } : { done: true }; },
        return() { console.log("closed after", index); return {}; },
    };
}
for (const attempt of [
    () => Object.fromEntries(source([["a", 1], 2, ["b", 3]])),
    () => Object.fromEntries(source([[{ toString() { throw new Error("key"); } }, 1]])),
    () => Array.from(source([1, 2, 3]), (x) => { if (x === 2) throw new Error("map"); return x; }),
    () => Array.from(source([1, 2, 3])).length,
]) {
    try {
        console.log(attempt());
    } catch (error) {
        console.log(error.name, error.message);
    }
}
