// Default parameter values: evaluated at the call, from left to right, for undefined only.
"use strict";
var n = 0;
function f(a = 1, b = a + 1, c = n++) { return [a, b, c].join(); }
console.log(f(), f(5), f(5, 6), f(5, 6, 7), f(undefined, undefined), f(null, 0, ""));
console.log(n);
function obj(o = { k: 1 }) { return o; }
console.log(obj() === obj(), obj().k, obj(5));
function fn(cb = x => x * 2, v = cb(4)) { return v; }
console.log(fn(), fn(x => x + 1), fn(null, 3));
function len(a, b = 2) { return arguments.length + ":" + a + b; }
console.log(len(), len(1), len(1, undefined), len(1, 3, 4));
function unlinked(a, b = 0) { a = "x"; return arguments[0]; }
console.log(unlinked("kept"));
function throwing(a = (function () { throw "missing a"; })()) { return a; }
try { throwing(); } catch (e) { console.log(e, throwing(1)); }
function rest(a = 1, ...r) { return a + "|" + r.join(); }
console.log(rest(), rest(undefined, 2, 3));
var log = "";
function order(a = log += "a", b = log += "b") { return log; }
console.log(order(), order("x"));
function self(a, b = arguments.length) { return b; }
console.log(self(), self(1), self(1, undefined, 3));
function that(x = this) { return x; }
console.log(that.call("this value"));
function rec(k, acc = []) { if (k === 0) return acc.join(); acc.push(k); return rec(k - 1, acc); }
console.log(rec(3), rec(2));
