// The third argument: counts, strings, limits, empty containers.
"use strict";
var v = { a: 1, b: [1, [2], {}], c: { d: null }, e: [], f: {} };
console.log(JSON.stringify(v, null, 2));
console.log(JSON.stringify([1, { x: [2] }], null, "--"));
console.log(JSON.stringify({ a: [1] }, null, 20) === JSON.stringify({ a: [1] }, null, 10), JSON.stringify({ a: 1 }, null, 0), JSON.stringify({ a: 1 }, null, ""), JSON.stringify({ a: 1 }, null, -5), JSON.stringify([1], null, 1.9), JSON.stringify([1], null, "12345678901234"));
console.log(JSON.stringify([[]], null, 1), JSON.stringify([{}], null, 1), JSON.stringify({ a: {} }, null, " "), JSON.stringify([1, 2], null, new Number(1)), JSON.stringify([3], null, new String("\t")), JSON.stringify("s", null, 4), JSON.stringify({ u: undefined }, null, 2), JSON.stringify([1], null, true), JSON.stringify([1], null, {}));
