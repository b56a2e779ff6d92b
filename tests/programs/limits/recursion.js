// Recursion that would take for ever is stopped on every level.
// fuel: 20000
// exit: 4
// stderr: used up its fuel
"use strict";
var left = 0, sum = 0.5;
function tree(n) { try { return n === 0 ? 0 : tree(n - 1) + tree(n - 1); } finally { left += 1; } }
function half(n) { return n < 1 ? 0.5 : half(n - 1) + half(n - 1); }
console.log("start", half(5));
try { console.log(tree(60)); } catch (e) { console.log("caught", e); } finally { console.log("finally", left, half(60)); }
