// heap: 32k
// Short-lived linked lists: far more is allocated than the heap holds.
"use strict";
function cons(v, next) { return { v: v, next: next }; }
function make(n) { var l = null; for (var i = 0; i < n; i++) l = cons(i, l); return l; }
function sum(l) { var s = 0; while (l) { s += l.v; l = l.next; } return s; }
var total = 0;
for (var round = 0; round < 60; round++) total += sum(make(60));
console.log(total);
var kept = null;
for (round = 0; round < 200; round++) { make(10); if (round % 20 === 0) kept = cons(round, kept); }
console.log(sum(kept), kept.v, kept.next.v);
function reverse(l) { var r = null; while (l) { r = cons(l.v, r); l = l.next; } return r; }
var l = make(20);
for (round = 0; round < 31; round++) l = reverse(l);
console.log(l.v, sum(l));
function map(l, f) { return l && cons(f(l.v), map(l.next, f)); }
l = make(15);
for (round = 0; round < 25; round++) l = map(l, function (x) { return x + 1; });
console.log(sum(l));
