// every and some stop early.
"use strict";
var n = 0;
function big(v) { n++; return v > 2; }
console.log([3, 4, 5].every(big), n, [1, 5].every(big), n, [1, 2, 3, 4].some(big), n, [1].some(big), [].every(big), [].some(big), n);
console.log([1, 2].every(function (v, i, a) { return a[i] === v && this.k === 1; }, { k: 1 }), [1].some(function () { return "truthy"; }), [1].every(function () { return ""; }));
console.log(Array.prototype.every.call("abc", function (c) { return c >= "a"; }), Array.prototype.some.call({ length: 2, 1: "x", 0: 0 }, function (v) { return v === "x"; }));
var a = [1, 2, 3], visits = 0;
console.log(a.some(function (v) { visits++; a.pop(); return false; }), visits, a.join());
try { [1].every(); } catch (e) { console.log(e.name); }
function isSorted(x) { return x.every(function (v, i) { return i === 0 || x[i - 1] <= v; }); }
console.log(isSorted([1, 2, 2, 9]), isSorted([2, 1]), isSorted([]), isSorted(["a", "b"]));
function any(list, f) { return list.some(f) ? "some" : "none"; }
console.log(any([[], [1]], function (x) { return x.length; }), any([null, undefined], Boolean), ["a", 1, null].every(function (v) { return v !== undefined; }));
