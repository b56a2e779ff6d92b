// Callbacks of built-in functions are stopped, and what called them.
// fuel: 20000
// exit: 4
// stderr: used up its fuel
"use strict";
var numbers = [];
for (var i = 0; i < 100; i++) numbers.push(i * 7919 % 1000);
var counter = { toJSON: function () { for (;;) numbers.forEach(function (n) { sum += n; }); } }, sum = 0;
function compare(a, b) { try { return a - b; } catch (e) { return 0; } }
for (i = 0; i < 3; i++) numbers.sort(compare);
console.log("start", numbers[1]);
try { JSON.stringify([1, { counter: counter }]); } catch (e) { console.log("caught", e); }
console.log("end");
