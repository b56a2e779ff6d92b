// Function.prototype.call and apply.
"use strict";
function show() { return String(this) + "(" + Array.prototype.join.call(arguments) + ")"; }
console.log(show.call("t", 1, 2), show.call("t"), show.call(), show.apply("t", [1, 2]), show.apply("t"), show.apply("t", null));
console.log(show.apply("t", { length: 2, 0: "a", 1: "b" }), show.apply("t", { length: 1 }), show.apply("t", []));
console.log(Math.max.apply(null, [3, 9, 4]), Math.max.apply(null, []), String.fromCharCode.apply(null, [72, 105]));
try { show.apply("t", 5); } catch (e) { console.log(e.name); }
try { show.apply("t", "ab"); } catch (e) { console.log(e.name); }
console.log(show.call.call(show, "x", "y"), show.apply.apply(show, ["p", [1]]));
console.log(Function.prototype.call.apply(show, ["self", "arg"]));
var big = [];
for (var i = 0; i < 60; i++) big.push(i);
console.log((function () { return arguments.length + ":" + arguments[59]; }).apply(null, big));
console.log(Object.prototype.toString.call([]), Object.prototype.toString.call(null), Object.prototype.hasOwnProperty.call({ a: 1 }, "a"));
function Base(x) { this.x = x; }
function Derived(x, y) { Base.call(this, x); this.y = y; }
var d = new Derived(1, 2);
console.log(d.x, d.y);
function argsThrough() { return show.apply(this, arguments); }
console.log(argsThrough.call("through", 1, null, undefined));
console.log([].concat.apply([0], [[1], [2, 3]]).join(), [1, 2].push.apply(big, [7, 8]), big.length);
console.log((() => typeof this).call({ a: 1 }) !== undefined, ((...a) => a.length).apply(null, [1, 2, 3]));
