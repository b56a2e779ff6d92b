// Closures share and keep the variables that they capture.
"use strict";
function counter(start) {
    var n = start;
    return { next: function () { return n++; }, peek: function () { return n; }, reset: function (v) { n = v; } };
}
var a = counter(1), b = counter(100);
a.next(); a.next(); b.next();
console.log(a.peek(), b.peek());
a.reset(-5);
console.log(a.next(), a.next(), b.next());
function adder(x) { return function (y) { return function (z) { return x + y + z; }; }; }
console.log(adder(1)(2)(3), adder("a")("b")("c"));
function pair() { var shared = 0; return [function () { shared += 1; }, function () { return shared; }]; }
var p = pair(), q = pair();
p[0](); p[0](); q[0]();
console.log(p[1](), q[1]());
function params(x) { function inc() { x++; } inc(); inc(); return x; }
console.log(params(5));
function late() { var f = function () { return v; }; var v = "assigned later"; return f; }
console.log(late()());
var compose = function (f, g) { return function (x) { return f(g(x)); }; };
var inc = function (x) { return x + 1; }, dbl = function (x) { return x * 2; };
console.log(compose(inc, dbl)(5), compose(dbl, inc)(5), compose(compose(inc, inc), compose(dbl, dbl))(1));
(function () { var hidden = 0; p[2] = function () { return ++hidden; }; })();
p[2]();
console.log(p[2]());
