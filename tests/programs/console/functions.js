// Functions, with and without names, properties and prototypes.
"use strict";
function named() { }
var anon = function () { }, arrow = () => 1;
console.log(named, anon, arrow, function () { }, () => 1);
console.log([named, function () { }, () => 1], { named: named, f: function () { }, g: () => 1 });
named.prop = 1;
named.nested = { a: [1] };
console.log(named, [named], { f: named });
console.log(Math.max, [].push, console.log === console.log, parseInt, Object, Array, TypeError === Error);
console.log(named.bind(null), function inner() { }, { k: function inner() { } });
function Ctor() { this.x = 1; }
Ctor.prototype.method = function () { };
console.log(Ctor, Ctor.prototype, new Ctor());
console.log(Math.PI, typeof Math, [Math.abs], Object.prototype.toString);
