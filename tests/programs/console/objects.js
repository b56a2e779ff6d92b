// Plain objects: nesting, depth, keys.
"use strict";
console.log({}, { a: 1 }, { a: 1, b: 2 }, { a: { b: 1 } }, { a: { b: { c: 1 } } }, { a: { b: { c: { d: 1 } } } });
console.log({ a: { b: { c: {} } } }, { a: { b: { c: [] } } }, { a: { b: { c: [1] } } }, [[[[1]]]], [[[{ a: 1 }]]], [[[{}]]], { a: [[[1]]] });
console.log({ arr: [1, 2], obj: { x: 1 }, str: "s", num: 1, nil: null, u: undefined, t: true });
console.log([{ a: 1, b: 2 }, { a: 3, b: 4 }], { x: [{ y: 1 }] });
console.log({ 1: "a", b: 2, 0: "c" }, { "a b": 1 }, { a: "it's" });
var o = { late: 1 };
o.more = 2; delete o.late; o.late = 3;
console.log(o, Object.create({ inherited: 1 }), Object.create({ inherited: 1 }, { own: { value: 1, enumerable: true }, hidden: { value: 2 } }));
console.log({ u: undefined, f: function () { }, n: NaN }, [{}], [{}, {}], { a: {} }, { a: [] });
console.log(new Object(), Object(1), Object("s"), Object(true), [new Number(3), new String("x")], new Number(-0));
