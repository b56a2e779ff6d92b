// JSON.stringify of every kind of value.
"use strict";
function j(v) { return String(JSON.stringify(v)); }
console.log([1, -0, 1.5, NaN, Infinity, 1e21, 1e-7, "s", true, null, undefined, function () { }, [], {}, [undefined, function () { }, null]].map(j).join(" "));
console.log(j({ a: undefined, b: function () { }, c: null, d: NaN, e: [undefined] }), j({ "": 1, "a b": 2, 3: 4, "quo\"te": 5 }));
console.log(j("quote \" back \\ slash / nl \n tab \t ret \r bs \b ff \f nul \0 \x1f \x7f \u2028 é 😀"), j("\ud83d"), j("\ude00x"), j("\ud83d\ude00"));
console.log(j(new Number(5)), j(new String("w")), j(new Boolean(false)), j([new Number(NaN)]), j(Object("x")), j(Math), j(new Error("not enumerable")));
console.log(j({ get g() { return "getter"; }, nested: { a: [1, { b: [] }] } }), j(Object.create({ inherited: 1 })), j(Object.create(null)));
var o = {};
Object.defineProperty(o, "hidden", { value: 1 });
Object.defineProperty(o, "shown", { value: 2, enumerable: true });
console.log(j(o), j([[], [[]], {}]), JSON.stringify(), j((function () { return arguments; })(1, "x")), j({ z: 1, a: 2, 1: 3 }), j("x").length);
console.log(j({ toJSON: function () { return "replaced"; } }), j({ a: { toJSON: function (k) { return "key " + k; } } }), j([{ toJSON: function (k) { return typeof k + k; } }]), j({ toJSON: function () { return undefined; } }), j({ toJSON: 5 }));
