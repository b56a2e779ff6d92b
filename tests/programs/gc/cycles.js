// heap: 32k
// Garbage cycles of objects, arrays and closures are reclaimed.
"use strict";
function ring(n) { var first = { i: 0 }, last = first; for (var i = 1; i < n; i++) { var o = { i: i, prev: last }; last.next = o; last = o; } last.next = first; first.prev = last; return first; }
var sum = 0;
for (var r = 0; r < 80; r++) { var x = ring(12); for (var k = 0; k < 15; k++) { sum += x.i; x = x.next; } }
console.log(sum);
for (r = 0; r < 200; r++) { var a = []; a.push(a, [a], { a: a }); }
console.log(a[1][0] === a, a[2].a[0] === a, a.length);
function self() { var me = function () { return me; }; me.self = me; return me; }
for (r = 0; r < 200; r++) var f = self();
console.log(f() === f.self, f()() === f);
var kept = ring(5);
for (r = 0; r < 300; r++) { var p = { child: null }; p.child = { parent: p, data: [r, r] }; }
for (k = 0, sum = ""; k < 5; k++) { sum += kept.i; kept = kept.prev; }
console.log(sum, p.child.parent.child.data.join());
