// exit: 1
// stderr: Uncaught RangeError
// Endless recursion that nobody catches.
"use strict";
function f(n) { return 1 + f(n + 1); }
console.log("diving");
f(0);
