// exit: 1
// stderr: Uncaught RangeError: out of cheese
// A thrown error's name and message are reported.
"use strict";
console.log("start");
function inner() { throw new RangeError("out of cheese"); }
function outer() { try { inner(); } finally { console.log("finally ran"); } }
outer();
console.log("never");
