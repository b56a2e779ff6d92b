// Function declarations are hoisted whole; the last of a name wins.
"use strict";
console.log(f(), typeof g);
function f() { return "f"; }
var g = function () { return "g"; };
console.log(g());
function dup() { return 1; }
function dup() { return 2; }
console.log(dup());
function outer() {
    return inner() + k();
    function inner() { return "inner"; }
    function k() { return inner2(); }
    function inner2() { return "2"; }
}
console.log(outer());
function param(a) { function a() { return "function"; } return typeof a; }
console.log(param(5));
function args(a) { return a; var a; }
console.log(args("kept"));
{
    console.log(blockFn());
    function blockFn() { return "in block"; }
}
function sw(x) { switch (x) { case 1: return h(); case 2: function h() { return "from case 2"; } } }
console.log(sw(1));
function loop() { var r = []; for (var i = 0; i < 2; i++) { r.push(k); function k() { return 1; } } return r[0] === r[1]; }
console.log(loop());
var named = function fact(n) { return n < 2 ? 1 : n * fact(n - 1); };
console.log(named(6), typeof fact);
