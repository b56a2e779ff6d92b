// Scope of default values: own dead zones, separate from the body's variables.
"use strict";
function name(f) { try { return f(); } catch (e) { return e.name; } }
console.log(name(function () { return (function (a = b, b = 1) { return a; })(); }));
console.log(name(function () { return (function (a = b, b = 1) { return a + b; })(5); }));
console.log(name(function () { return (function (a = a) { return a; })(); }));
console.log(name(function () { return (function (a = a) { return a; })("given"); }));
console.log(name(function () { return (function (f = () => b, b = "later") { return f(); })(); }));
var x = "outer";
function body(a = () => x) { var x = "inner"; return a() + " " + x; }
console.log(body());
function param(x, get = () => x) { x = "changed"; return get(); }
console.log(param("first"));
function setter(x, set = (v) => { x = v; }) { set("set"); return x; }
console.log(setter("initial"));
function fnInDefault(a = function () { return typeof inner; }) { function inner() { } return a(); }
console.log(fnInDefault());
function closure(a, get = () => a, inc = () => ++a) { inc(); inc(); return get(); }
console.log(closure(1));
let y = "module";
function letBody(a = y) { let y = "body"; return a + " " + y; }
console.log(letBody());
const g = (a, b = () => a + c, c = a * 10) => b();
console.log(g(2));
