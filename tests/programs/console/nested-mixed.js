// Mixed nesting of arrays, objects, functions and long strings.
"use strict";
console.log({ id: 1, items: [{ sku: "A1", qty: 2, price: 9.99 }, { sku: "B2", qty: 1, price: 24.5 }], total: 44.48, paid: false });
console.log([["name", "age"], ["ann", 31], ["bob", 4]]);
console.log({ matrix: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], scale: 2 });
console.log({ a: [], b: {}, c: "", d: [[]], e: [{}], f: { g: [] } });
console.log([1, "a", { x: [1, 2, { y: 1 }] }, [3, [4, [5, [6]]]]]);
console.log({ handler: function onClick() { }, opts: { cb: () => 1, n: null }, list: [function () { }, undefined] });
console.log({ text: "first line\nsecond line", more: ["l1\nl2"] });
console.log([{ a: 1 }, [2], "3", 4, null, undefined, true, () => 5]);
console.log({ x: 1.0, y: -1.5, z: [0.1, 0.2] }, "tail", 5);
console.log([[[]], [[1]], [[[]]], [[[1]]], [{ a: {} }], [{ a: { b: {} } }], [{ a: { b: { c: {} } } }]]);
