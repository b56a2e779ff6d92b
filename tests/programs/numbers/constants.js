// Constants of Number and Math, and their attributes.
"use strict";
console.log(Number.MAX_VALUE, Number.MIN_VALUE, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN);
console.log(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.EPSILON);
console.log(Math.PI, Math.E, Math.LN2, Math.LN10, Math.LOG2E, Math.LOG10E, Math.SQRT2, Math.SQRT1_2);
console.log(Infinity, NaN, undefined, typeof Infinity, typeof NaN);
function bad(f) { try { f(); return "ok"; } catch (e) { return e.name; } }
console.log(bad(function () { Math.PI = 3; }), bad(function () { Number.MAX_VALUE = 1; }), bad(function () { delete Math.E; }), bad(function () { Infinity = 1; }));
console.log(Object.keys(Math).length, Object.keys(Number).length, Number.MAX_VALUE * 2, Number.MIN_VALUE / 2, -Number.MAX_VALUE * 2, Number.MAX_SAFE_INTEGER + 2);
console.log(1 + Number.EPSILON > 1, 1 + Number.EPSILON / 2 === 1, NaN === NaN, NaN != NaN, Infinity - Infinity, Infinity * 0, Infinity / Infinity, Infinity + 1 === Infinity);
console.log(Object.prototype.toString.call(Math), typeof Math, bad(function () { Math(); }), bad(function () { new Math(); }));
