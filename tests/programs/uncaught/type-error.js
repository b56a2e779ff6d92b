// exit: 1
// stderr: Uncaught TypeError
// An error of the language that nobody catches.
"use strict";
console.log("before");
var o = null;
console.log(o.property);
console.log("after");
