"use strict";
// Elements as properties: keys that are numbers belong to the array alone.
const a = new Uint8Array([1, 2, 3]);
console.log(a[0], a[3], a[-1], a["1"], a["01"], a[1.5], a["1.5"], a["-0"], a.length);
a[5] = 9; a[-1] = 9; a["1.5"] = 9; a["-0"] = 9; a[1e10] = 9; a.NaN = 9; a.Infinity = 9;
console.log(Object.keys(a).join(), 0 in a, 3 in a, "-0" in a, "1.5" in a, a.hasOwnProperty(2), a.hasOwnProperty(3));
a.name = "bytes"; a["1.50"] = "ordinary"; a[1] = "258";
console.log(a, Object.keys(a).join(), Object.getOwnPropertyNames(a).join(), JSON.stringify(a));
const parent = Object.getPrototypeOf(a);
Uint8Array.prototype[7] = "inherited"; Object.prototype["9.5"] = "inherited";
console.log(a[7], a[9.5], parent[7], delete Uint8Array.prototype[7], delete Object.prototype["9.5"]);
console.log(Object.getOwnPropertyDescriptor(a, "0"), Object.getOwnPropertyDescriptor(a, "3"));
function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message; }
}
console.log(thrown(() => Object.defineProperty(a, "0", { value: 300 })[0]), thrown(() => Object.defineProperty(a, "9", { value: 1 })));
console.log(thrown(() => Object.defineProperty(a, "0", { value: 1, writable: false })), thrown(() => Object.defineProperty(a, "0", { get() { return 1; } })));
console.log(thrown(() => Object.defineProperty(a, "-0", { value: 1 })), thrown(() => delete a[9]), thrown(() => { try { delete a[0]; } catch (e) { return e.name; } }));
console.log(thrown(() => Object.freeze(a)), Object.isFrozen(a), Object.isFrozen(Object.freeze(new Uint8Array(0))));
Object.preventExtensions(a);
a[0] = 77;
console.log(thrown(() => { a.more = 1; }), a[0], Object.isExtensible(a));
for (const key in new Int8Array(3)) console.log(key, typeof key);
const log = [];
a[0] = { valueOf() { log.push("valueOf"); return 5; } };
a[99] = { valueOf() { log.push("beyond"); return 5; } };
console.log(a[0], log.join());
const f = new Float64Array(2), s = new Float32Array(1), i = new Int32Array(2), u = new Uint32Array(1), c = new Uint8ClampedArray(4);
f[0] = 0.1; f[1] = -0; s[0] = 0.1; i[0] = 2147483647; i[0]++; i[1] -= 1; u[0] = -1; u[0] += 2;
c[0] = 1.5; c[1] = 2.5; c[2] = -3; c[3] = 999;
console.log(f[0] + f[0], Object.is(f[1], -0), s[0], i, u[0], c);
for (let k = 0, x = new Uint16Array(4); k < 6; k++) { x[k] = k * 40000; if (k === 5) console.log(x, x[5]); }
console.log({ ...new Uint8Array([4, 5]) }, Object.entries(new Int8Array([-1])), [...new Float32Array([1.5, 2])], Math.max(...a));
const [first, , ...others] = new Int16Array([1, 2, 3, 4]);
console.log(first, others, String(new Float64Array([1, 0.5])), `${new Int8Array(2)}`, new Uint8Array([1]) + 1);
