// Functions are values: identity, properties, storage, comparison.
"use strict";
function f() { return 1; }
var g = f, list = [f, g, function () { return 2; }];
console.log(f === g, list[0] === list[1], list[2] === function () { }, list[2]());
f.count = 0;
f.inc = function () { this.count++; return f; };
f.inc().inc();
console.log(g.count, typeof f.inc, "count" in f, delete f.count, f.count);
var table = { add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b };
console.log(Object.keys(table).map(k => k + "=" + table[k](7, 3)).join());
console.log(typeof f, f instanceof Function, f instanceof Object, Object.prototype.toString.call(f), f.constructor === Function);
function make(tag) { return function () { return tag; }; }
console.log(make("a") === make("a"), make("a")(), make("b")());
console.log([1, 2, 3, 4].map(String).join(""), ["1", "2"].map(Number).join(), [0, 1, ""].map(Boolean).join());
console.log(["10", "10", "10"].map(parseInt).join());
console.log((function () { return typeof arguments[0]; })(f), (f, g)(), (f || 0)(), [f][0]());
(function () { console.log("iife"); })();
(() => console.log("arrow iife"))();
!function () { console.log("bang"); }();
var once = function () { once = function () { return "again"; }; return "first"; };
console.log(once(), once(), once());
function memo(fn) { var cache = {}; return function (n) { return n in cache ? "hit " + cache[n] : cache[n] = fn(n); }; }
var sq = memo(n => n * n);
console.log(sq(4), sq(4), sq(5));
