"use strict";
// structuredClone: data of all kinds, shared and circular references, and what can not be cloned.
const shared = { n: 1 };
const source = { a: [1, , shared, [2]], shared, text: "t", date: new Date(5), re: /x(y)/gi, map: new Map([["k", shared], [shared, 2]]), set: new Set([1, shared]) };
source.self = source;
const copy = structuredClone(source);
console.log(copy);
console.log(copy !== source, copy.self === copy, copy.shared === copy.a[2], copy.shared !== shared, copy.map.get("k") === copy.shared, copy.set.has(copy.shared));
console.log(copy.date.getTime(), copy.re.test("axy"), copy.re.lastIndex, copy.map.get(copy.shared), Object.keys(copy.a).join());
class Point { x = 1; #hidden = 2; get y() { return 3; } }
console.log(structuredClone(new Point()), structuredClone(new Point()) instanceof Point, structuredClone(Object.assign([1], { k: 2 })));
console.log(structuredClone(new Number(5)), structuredClone(Object("s")), structuredClone(null), structuredClone(undefined), structuredClone(-0), structuredClone("ab"));
console.log(structuredClone({ get got() { return { deep: 1 }; }, [Symbol("s")]: 1 }), structuredClone(Object.defineProperty({}, "h", { value: 1 })), structuredClone(Object.create({ up: 1 })));
const bytes = new Uint8Array([1, 2, 3, 4]), views = structuredClone({ bytes, half: bytes.subarray(1, 3), view: new DataView(bytes.buffer, 2), buffer: bytes.buffer });
console.log(views.half, views.half.buffer === views.buffer, views.bytes.buffer === views.view.buffer, views.buffer !== bytes.buffer, views.view.getUint8(0));
const error = structuredClone(new RangeError("far", { cause: { why: 1 } }));
console.log(error instanceof RangeError, error.message, error.name, error.cause, Object.keys(error).length);
function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message + " " + (e instanceof Error) + " " + e.code; }
}
console.log(thrown(() => structuredClone(Symbol("x"))), thrown(() => structuredClone({ a: new WeakMap() })), thrown(() => structuredClone(Promise.resolve())));
console.log(thrown(() => structuredClone({ get bad() { throw new TypeError("getter"); } })), thrown(() => typeof structuredClone(() => 1)).slice(0, 14));
let chain = null;
for (let i = 0; i < 12; i++) chain = { next: chain, i };
let count = 0;
for (let c = structuredClone(chain); c; c = c.next) count += c.i;
console.log(count);
