// var is one binding for its function, whatever block declares it.
"use strict";
console.log(typeof early, early);
var early = 1;
function f(flag) {
    if (flag) { var inner = "set"; }
    for (var i = 0; i < 2; i++) { var last = i; }
    return inner + " " + i + " " + last;
}
console.log(f(true), f(false));
var x = "outer";
function shadow() {
    var before = x;
    if (false) { var x = "inner"; }
    return before + "," + x;
}
console.log(shadow(), x);
function twice() { var a = 1; var a; var b = a; var a = 2; return a + b; }
console.log(twice());
function param(p) { var p; return p; }
console.log(param("kept"));
function withFunction() {
    var g = 1;
    function g() { }
    return typeof g;
}
console.log(withFunction());
function order() { return inner(); function inner() { return 1; } var inner; }
console.log(order());
for (var k in { z: 1 }) ;
console.log(k);
try { throw "t"; } catch (e) { var fromCatch = e; }
console.log(fromCatch);
