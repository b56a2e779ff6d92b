// ===: no conversion; numbers by value, objects by identity, strings by content.
"use strict";
var o = {}, f = function () { }, a = [];
var vs = [0, -0, 1, NaN, "", "0", true, false, null, undefined, o, {}, f, a, [], 1.5, "abc", 2147483648];
vs.forEach(function (x) { console.log(vs.map(function (y) { return (x === y ? 1 : 0) + (x !== y ? 0 : 1); }).join("")); });
console.log("a" + "b" === "ab", "abc".slice(1) === "bc", String(1) === "1", "\u0061" === "a", "x".concat("") === "x", ("long " + "string " + 1) === "long string 1");
console.log(3 / 2 === 1.5, 0.5 + 0.5 === 1, 2147483647 + 1 === 2147483648, 1e3 === 1000, -0 === 0, 4294967296 - 4294967295 === 1, NaN !== NaN);
console.log(1 === true, null === undefined, "1" === 1, new Number(1) === 1, Object(o) === o, [o][0] === o);
function same(x, y) { return x === y && (x !== 0 || 1 / x === 1 / y) || x !== x && y !== y; }
console.log(same(NaN, NaN), same(0, -0), same(-0, -0), same(1, 1.0), same("a", "a"));
var big = "", big2 = "";
for (var i = 0; i < 50; i++) { big += i; big2 = big2 + String(i); }
console.log(big === big2, big === big2 + " ", big.length);
