// Where objects break into several lines.
"use strict";
console.log({ a: "aaaaaaaaaaaaaaaaaaaa", b: "bbbbbbbbbbbbbbbbbbbb", c: "cccccccccccccccc" });
console.log({ a: "aaaaaaaaaaaaaaaaaaaa", b: "bbbbbbbbbbbbbbbbbbbb", c: "ccccccccccccccccc" });
console.log({ a: "aaaaaaaaaaaaaaaaaaaa", b: "bbbbbbbbbbbbbbbbbbbb", c: "cccccccccccccccccc" });
console.log({ a: "aaaaaaaaaaaaaaaaaaaa", b: "bbbbbbbbbbbbbbbbbbbb", c: "cccccccccccccccccccccccccccc" });
console.log({ k1: 1, k2: 2, k3: 3, k4: 4, k5: 5, k6: 6, k7: 7, k8: 8, k9: 9, k10: 10, k11: 11, k12: 12 });
console.log({ outer: { a: "aaaaaaaaaaaaaaaaaaaaaaaa", b: "bbbbbbbbbbbbbbbbbbbbbbbbbbb", c: 1 }, second: [1, 2, 3] });
console.log({ a: { b: { c: { d: 1 } }, e: { f: { g: 1 } } }, h: { i: { j: 1 } } });
console.log([{ name: "first entry", value: 100, tags: ["x", "y"] }, { name: "second entry", value: 200, tags: ["z"] }]);
console.log({ s: "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789" });
console.log(["0123456789012345678901234567890123456789", "0123456789012345678901234567890123456789"]);
console.log({ deep: { list: [[1, 2], [3, 4]], map: { x: { y: 1 }, z: { w: 2 } } } });
