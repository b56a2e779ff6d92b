// Rest parameters are real arrays.
"use strict";
function f(a, ...r) { return a + "|" + r.length + "|" + r.join(); }
console.log(f(), f(1), f(1, 2), f(1, 2, 3, undefined));
function all(...xs) { return xs; }
console.log(Array.isArray(all()), all().length, all(1, [2], "3").length, all() === all());
console.log(all(3, 1, 2).sort().join(), all(1, 2).concat(all(3)).join());
function args(a, ...r) { r[0] = "changed"; return arguments.length + "," + arguments[1]; }
console.log(args(1, 2, 3));
function forward(...a) { return Math.max(...a); }
console.log(forward(4, 8, 2), forward());
var arrow = (first, ...others) => others.map(x => x + first).join();
console.log(arrow(10, 1, 2, 3));
function keep(...r) { return () => r.length; }
console.log(keep(1, 2)(), keep()());
function mutate(...r) { r.push("more"); r.length = 2; return r.join(); }
console.log(mutate("a"), mutate("a", "b", "c"));
function New(...r) { this.r = r; }
console.log(new New(1, 2).r.join("+"), all.apply(null, [1, 2, 3]).length, all.call(0, 1).length);
function rec(n, ...r) { return n === 0 ? r.join("") : rec(n - 1, n, ...r); }
console.log(rec(5));
