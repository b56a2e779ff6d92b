// The name of a function expression is visible inside only, and can not be assigned.
"use strict";
var f = function me(n) { return n === 0 ? typeof me : me(n - 1); };
console.log(f(3), typeof me);
var g = function g2() { try { g2 = 1; } catch (e) { return e.name; } };
console.log(g(), typeof g2);
var h = function x(x) { return x; };
console.log(h("parameter wins"));
var k = function y() { var y = "variable wins"; return y; };
console.log(k());
var old = f;
f = null;
console.log(old(1));
console.log((function z() { return (() => typeof z)(); })());
var o = { m: function inner() { return inner === o.m; } };
console.log(o.m());
console.log((function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); })(12));
function decl() { try { decl = 5; return typeof decl; } catch (e) { return e.name; } }
console.log(decl(), typeof decl);
