"use strict";
// Constructors of typed arrays: lengths, arrays, iterables, array-likes, other typed arrays, buffers; from and of.
const kinds = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array];
const values = [0, 1, -1, 127.5, 128, 255.5, 256, -129, 65537, 2147483648, 4294967297, 1e300, NaN, Infinity, -0, "7", null, undefined, true, 0.1];
for (const Kind of kinds) console.log(Kind.name, Kind.BYTES_PER_ELEMENT, Kind.length, Array.from(new Kind(values)).join(" "));
console.log(new Uint8Array(3), new Int16Array(), new Float64Array(0), new Uint32Array("2"), new Int8Array(1.9));
console.log(new Uint16Array(new Set([1, 70000, 3])), new Int32Array({ length: 2, 0: 5, 1: "6" }), new Float32Array("abc".length));
console.log(new Uint8Array(new Float64Array([1.7, -1, 300])), new Uint8ClampedArray(new Int16Array([-5, 300, 7])));
function* squares(n) { for (let i = 0; i < n; i++) yield i * i; }
console.log(new Uint8Array(squares(5)), Uint8Array.from(squares(4), (x, i) => x + i));
console.log(Int16Array.from("1234"), Float64Array.from({ length: 3 }, (v, i) => i / 2), Uint8Array.of(1, 2, 258));
const buffer = new ArrayBuffer(16);
const whole = new Uint8Array(buffer), words = new Uint32Array(buffer, 4, 2), rest = new Float32Array(buffer, 8);
whole.fill(1);
words[0] = 0x01020304;
console.log(whole.join(), words.length, words.byteOffset, words.byteLength, rest.length, rest.buffer === buffer);
console.log(words[1], rest[0], buffer.byteLength, words.buffer.slice(4, -8));
function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message; }
}
console.log(thrown(() => new Uint8Array(-1)), thrown(() => new Float64Array(2 ** 53)), thrown(() => Uint8Array(1)));
console.log(thrown(() => new Int16Array(new ArrayBuffer(3))), thrown(() => new Int16Array(buffer, 1)));
console.log(thrown(() => new Int16Array(buffer, 18)), thrown(() => new Int16Array(buffer, 2, 8)), thrown(() => new Int32Array(buffer, -4)));
console.log(thrown(() => new ArrayBuffer(-1)), thrown(() => ArrayBuffer(1)), thrown(() => new (Object.getPrototypeOf(Int8Array))()));
console.log(thrown(() => Uint8Array.from([], 1)), thrown(() => Uint8Array.from(null)), thrown(() => new Uint8Array(Symbol())));
console.log(thrown(() => Uint8Array.from.call({}, [])), thrown(() => new Uint8Array([Symbol()])));
console.log(Object.getPrototypeOf(Int8Array) === Object.getPrototypeOf(Float64Array), Object.getPrototypeOf(Int8Array).name);
console.log(Object.prototype.toString.call(whole), Object.prototype.toString.call(buffer), whole[Symbol.toStringTag]);
console.log(ArrayBuffer.isView(whole), ArrayBuffer.isView(new DataView(buffer)), ArrayBuffer.isView(buffer), ArrayBuffer.isView([]));
