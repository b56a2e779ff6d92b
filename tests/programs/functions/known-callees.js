"use strict";
// Calls of closures whose function can be known before the program runs, and of some that only look like it.
function counter(step) {
    var count = 0;
    return function () { count += step; return count; };
}
var a = counter(1), b = counter(10);
console.log(a(), a(), b(), a(1, 2, 3), b());

function either(flag) {
    var f = function (x) { return "one " + x + " " + this; };
    if (flag) f = function (x, y) { return "two " + x + y; };
    return f(1);
}
console.log(either(true), either(false));

function pair() {
    var inner = function (x, y) { return [x, y, this === undefined]; };
    return function () { return inner(1).concat(inner(1, 2, 3)); };
}
console.log(pair()());

function later() {
    try { g(); } catch (e) { console.log(e.name); }
    const g = function () { return 5; };
    return g();
}
console.log(later());

var slot = function () { return "first"; };
function call() { return slot(); }
console.log(call());
slot = function () { return "second"; };
console.log(call());

let unset;
function tryUnset() { return unset(); }
try { tryUnset(); } catch (e) { console.log(e instanceof TypeError, e.message); }
unset = function () { return 1; };
console.log(tryUnset());

function variadic() {
    var count = function () { return arguments.length; };
    var rest = function (first, ...others) { return others.length; };
    return [count(1, 2, 3), rest(1, 2, 3), count(), rest()];
}
console.log(variadic());

function recursive(n) {
    var self = function (k) { return k <= 0 ? 0 : k + self(k - 1); };
    return self(n);
}
console.log(recursive(10));

class Point { constructor(x) { this.x = x; } }
function construct() {
    var C = Point;
    try { C(1); } catch (e) { console.log(e.name); }
    return new C(2).x;
}
console.log(construct());

function thrower() {
    var fail = function (x) { throw new Error("failed " + x); };
    try { fail(1); } catch (e) { return e.message; }
}
console.log(thrower());
