"use strict";
// Methods of typed arrays that read, copy and edit.
const a = new Int16Array([5, -3, 8, 0, 8]);
console.log(a.at(-1), a.at(9), a.indexOf(8), a.lastIndexOf(8), a.indexOf("8"), a.includes(0), a.includes(NaN), new Float32Array([NaN]).includes(NaN), new Float32Array([NaN]).indexOf(NaN));
console.log(a.every((x) => x > -9), a.some((x) => x > 9), a.find((x) => x < 0), a.findIndex((x) => x === 8), a.findLast((x) => x > 5), a.findLastIndex((x) => x > 99));
console.log(a.map((x) => x * 10000), a.filter((x, i) => i % 2), a.reduce((s, x) => s + x), a.reduceRight((s, x) => s + "," + x), a.join("-"));
console.log(a.slice(1, -1), a.slice(-2), a.subarray(1, 3), a.subarray(9), a.subarray(2).subarray(1).byteOffset);
a.subarray(1, 3).fill(7);
console.log(a, a.fill(1, -2), a.copyWithin(0, 3), a.reverse(), a.toReversed(), a.with(0, 99.9), a);
console.log(a.toLocaleString(), a.toString === Array.prototype.toString, a.keys().next(), [...a.entries()].join("|"), [...a.values()].length);
const order = [];
new Uint8Array([3, 4]).forEach(function (x, i, whole) { order.push(x, i, whole.length, this.tag); }, { tag: "t" });
console.log(order.join());
const target = new Uint8Array(6);
target.set([1, 2, 300]); target.set(new Int8Array([-1, -2]), 4); target.set({ length: 1, 0: "9" }, 3); target.set("45", 1);
console.log(target);
target.set(target.subarray(0, 4), 2);
console.log(target);
const shared = new ArrayBuffer(8), bytes = new Uint8Array(shared), halves = new Uint16Array(shared, 0, 4);
bytes.set([1, 2, 3, 4, 5, 6, 7, 8]);
halves.set(bytes.subarray(0, 4));
console.log(bytes.join(), new Float64Array(new Uint8Array([9, 8])));
function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message; }
}
console.log(thrown(() => a.set([1], 5)), thrown(() => a.set([1], -1)), thrown(() => a.set(null)), thrown(() => a.with(5, 1)));
console.log(thrown(() => a.map(3)), thrown(() => a.map.call([], (x) => x)), thrown(() => a.join.call({})), thrown(() => a.fill(Symbol())));
console.log(thrown(() => new Int8Array(0).reduce((x) => x)), thrown(() => a.forEach()));
console.log(new Float64Array([3, -0, NaN, 0, -Infinity, 1e-300, Infinity]).sort(), new Int8Array([3, -128, 127, -1, 0]).sort());
console.log(new Uint32Array([4294967295, 5, 2147483648]).sort(), new Float32Array([2.5, -2.5, NaN, 1]).sort(), new Uint8Array([10, 9, 1]).toSorted());
console.log(new Int32Array([3, 1, 2]).sort((x, y) => y - x), new Int32Array([5, 3, 11]).toSorted((x, y) => (String(x) < String(y) ? -1 : 1)), thrown(() => a.sort(1)));
const many = new Uint16Array(500);
for (let i = 0; i < many.length; i++) many[i] = i * 7919;
many.sort();
console.log(many.every((x, i) => i === 0 || many[i - 1] <= x), many[0], many[499]);
let sum = 0;
for (const x of many) sum += x;
for (const [i, x] of many.entries()) sum -= x * (i > 250 ? 1 : 0);
console.log(sum, Array.from(many.subarray(0, 3)), Array.prototype.map.call(a, (x) => x + 0.5), [].concat(a).length, Array.isArray(a));
