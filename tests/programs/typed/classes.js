"use strict";
// Classes derived from typed arrays and buffers; methods that make another of the same class.
class Bytes extends Uint8Array {
    constructor(...args) { super(...args); this.made = "here"; }
    get sum() { return this.reduce((a, b) => a + b, 0); }
    static zeros(n) { return new this(n); }
}
const b = new Bytes([1, 2, 3]);
console.log(b.sum, b.length, b[1], b instanceof Bytes, b instanceof Uint8Array, b.made, Bytes.BYTES_PER_ELEMENT, Bytes.zeros(2));
console.log(b.map((x) => x * 2), b.map((x) => x * 2).sum, b.filter((x) => x > 1).constructor === Bytes, b.slice(1) instanceof Bytes, b.subarray(1).made);
console.log(Bytes.from([4, 5]), Bytes.of(6).sum, b.toReversed() instanceof Bytes, b);
b[0] = 200; b[3] = 1;
for (let i = 0; i < b.length; i++) b[i] += i;
console.log(b.join(), Object.keys(b).join());
class Wrong extends Uint8Array { constructor() { super(1); } }
function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message; }
}
const five = Object.setPrototypeOf(new Uint8Array(5), Wrong.prototype);
console.log(thrown(() => five.map((x) => x)), thrown(() => Wrong.from([1, 2])), thrown(() => five.subarray(1).length));
class Page extends ArrayBuffer { constructor(n) { super(n * 4); } get words() { return new Uint32Array(this); } }
const page = new Page(2);
page.words[1] = 7;
console.log(page, page.words, page.byteLength, page instanceof ArrayBuffer);
const plain = new Uint8Array(2);
plain.constructor = Float64Array;
console.log(plain.slice(0, 1), Object.setPrototypeOf(new Int8Array(1), null), Object.setPrototypeOf(new Int8Array([1]), Array.prototype).push);
console.log([new Uint8Array(3), [[new Uint8Array(2)]]], new Uint8Array(130), { a: { b: { c: new Int8Array(1), d: new ArrayBuffer(1) } } });
console.log(new Float64Array([1.5, NaN, -0, 1e21]), Object.assign(new Uint8Array(2), { a: 1 }), Uint8Array, new ArrayBuffer(0), new Float32Array(20).fill(0.1));
