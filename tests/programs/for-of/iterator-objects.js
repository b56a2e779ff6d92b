"use strict";
// Iterators of arrays, strings and typed arrays as what a loop goes over, in a program that names no symbol.
const a = ["x", "y", "z"];
for (const [i, x] of a.entries()) console.log(i, x);
for (const i of a.keys()) console.log(i);
console.log([...a.values()].join(), Math.max(...new Uint8Array([4, 9]).values()), Array.from(a.entries()).join("|"));
const rest = a.values();
console.log(rest.next().value);
for (const x of rest) { console.log("loop", x); break; }
console.log(rest.next().value, rest.next().done, [...rest].length);
const [[first, second]] = a.entries();
console.log(first, second, new Set(a.keys()).size, new Map(a.entries()).get(1));
console.log(Array.from({ length: 2, 0: "like" }), Array.from("ab", (c) => c + c));
