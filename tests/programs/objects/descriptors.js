// Object.getOwnPropertyDescriptor of many things.
"use strict";
function show(o, k) {
    var d = Object.getOwnPropertyDescriptor(o, k);
    return d === undefined ? "undefined" : Object.keys(d).map(function (n) { return n + "=" + (typeof d[n] === "function" ? "fn" : d[n]); }).join(" ");
}
console.log(show({ a: 1 }, "a"));
console.log(show({ get a() { return 1; } }, "a"));
console.log(show({ set a(v) { } }, "a"));
console.log(show([7, 8], 1), "|", show([7, 8], "length"), "|", show([7], 1));
console.log(show("abc", 1), "|", show("abc", "length"), "|", show("abc", 3));
console.log(show(Math, "PI"), "|", show(Math, "max"));
console.log(show(Number, "MAX_SAFE_INTEGER"), "|", show(Array.prototype, "push"), "|", show(Array, "prototype"));
console.log(show(Object.freeze({ f: 1 }), "f"), "|", show(Object.seal({ s: 1 }), "s"));
console.log(show({}, "toString"), "|", show(Object.prototype, "toString"));
var d = Object.getOwnPropertyDescriptor({ k: { n: 1 } }, "k");
d.value.n = 2;
d.enumerable = "mutated";
console.log(d.value.n, Object.keys(Object.defineProperty({}, "z", d)).join());
try { Object.getOwnPropertyDescriptor(null, "x"); } catch (e) { console.log(e.name); }
console.log(show(5, "x"), show(true, "valueOf"));
