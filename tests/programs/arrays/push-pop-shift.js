// push, pop, shift, unshift: results and order.
"use strict";
var a = [];
console.log(a.push(), a.push(1), a.push(2, 3), a.push([4], undefined), a.length, a.join());
console.log(a.pop(), a.pop().join(), a.pop(), a.length, [].pop(), [].shift(), a.join());
console.log(a.unshift(), a.unshift(0), a.unshift(-3, -2, -1), a.join(), a.shift(), a.shift(), a.join(), a.length);
var q = [], out = "";
for (var i = 0; i < 50; i++) { q.push(i); if (i % 3) out += q.shift() + " "; }
console.log(out, q.length, q[0]);
var like = { length: 2, 0: "a", 1: "b" };
console.log(Array.prototype.push.call(like, "c"), like[2], like.length, Array.prototype.pop.call(like), Array.prototype.shift.call(like), like[0], like.length, Array.prototype.unshift.call(like, "x", "y"), like[2], like.length);
var none = {};
console.log(Array.prototype.push.call(none, 1), none.length, none[0], Array.prototype.pop.call({}), Array.prototype.shift.call({ length: 0 }));
var stack = [1];
while (stack.length && stack.length < 6) { var t = stack.pop(); stack.push(t, t + 1); }
console.log(stack.join());
var d = [1, 2, 3];
d.push(d.shift()); d.unshift(d.pop()); d.push(d.length);
console.log(d.join(), d.push.length, d.unshift.length);
