"use strict";
// Loops over typed arrays whose elements' type is known: what is beyond the end, conversions, collections in between.
function dot(a, b) { let s = 0; for (let i = 0; i < a.length; i++) s += a[i] * b[i]; return s; }
const x = new Float64Array([1.5, 2, -0.25]), y = new Float64Array([2, 4]);
console.log(dot(x, y), dot(y, x), x[3] * 1, x[1] + x[2], 1 / new Float64Array([-0])[0]);
function ends(a) { let s = ""; for (let i = 0; i <= a.length; i++) s += a[i] + ","; return s; }
const f32 = new Float32Array([0.1, 16777217]), u32 = new Uint32Array([4294967295, 1]), i32 = new Int32Array([-1, 2147483647]);
console.log(ends(x), ends(f32), ends(u32), ends(i32));
function beyond(a) { const e = a[9]; return e === undefined ? "undefined" : "number"; }
console.log(beyond(x), typeof x[7], x[8] ?? "nothing", Math.max(x[0], x[9]), [x[9]].length, { v: x[5] }.v, x[4] == null);
function xor(a) { let h = 7; for (let i = 0; i < 6; i++) h = (h << 5) ^ a[i]; return h; }
console.log(xor(new Uint8Array([1, 255, 3])), xor(new Int8Array([-1, 255, 3])), xor(new Int16Array([40000, 2])), xor(u32), xor(i32));
let h = 0;
for (let i = 0; i < u32.length; i++) { h = (h + u32[i]) | 0; h ^= u32[i] >>> 3; }
console.log(h, u32[0] >>> 0, u32[0] | 0, u32[0] + 1, u32[0] > 5, u32[0] >> 1, ~u32[0]);
const c = new Uint8ClampedArray(6), u8 = new Uint8Array(4), i16 = new Int16Array(4);
for (let i = -2; i < 9; i++) { c[i] = i * 100 - 150; u8[i] = i * 100; i16[i] = i * 20000; }
console.log(c.join(), u8.join(), i16.join());
c[0] = 1.5; c[1] = 2.5; c[2] = u32[0]; c[3] = NaN; u8[0] = 3.99; u8[1] = -1.5; u8[2] = 1e20; i16[0] = u32[0]; u8[3] = x[99];
console.log(c.join(), u8.join(), i16[0]);
u8[0] = "12"; u8[1] = { valueOf: () => 300 }; u8[2] = null; f32[0] = "1.5"; f32[1] = undefined;
console.log(u8.join(), f32.join());
const copy = new Float64Array(4), ints = new Int32Array(4);
for (let i = 0; i < 4; i++) { copy[i] = x[i]; ints[i] = x[i]; }
console.log(copy.join(), ints.join());
function guarded(a, n) {
    let s = 0;
    try { for (let i = 0; i < n; i++) { s += a[i]; if (i === 3) throw new Error("at " + i); a[i] = i / 2; } } catch (e) { return e.message + " " + s; }
    return s;
}
console.log(guarded(new Float64Array(2), 2), guarded(new Float64Array(6).fill(1), 6), guarded(new Int32Array([5, 2147483647, 2147483647]), 4));
function grow(n) {
    const out = new Uint16Array(n), list = [];
    for (let i = 0; i < out.length; i++) { list.push({ i }); out[i] = list.length + out[i - 1]; if (i % 8 === 0) list.length = 0; }
    return out;
}
console.log(grow(20).join());
let any = new Uint8Array([1, 2]);
function swap() { any = new Uint8Array(1); }
for (let i = 0; i < any.length; i++) { if (i === 1) { swap(); console.log(any[i], any.length); } }
const key = ["0", "length", 1, 1.5, -1];
for (const k of key) console.log(k, x[k], u8[k]);
let acc = 0;
for (let k = 0; k < 3; k++) for (let i = 0; i < i16.length; i++) { acc = (acc * 33 + i16[i]) | 0; i16[i] += k; i16[i] ^= acc & 15; }
console.log(acc, i16.join());
x[0]++; --x[1]; u32[0]++; i32[1]++; u8[3]--; x[9]++;
console.log(x.join(), u32.join(), i32.join(), u8.join(), x.length, "length" in x);
