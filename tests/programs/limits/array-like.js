// A built-in function that goes through a length without end is stopped, without calling anything.
// fuel: 20000
// exit: 4
// stderr: used up its fuel
"use strict";
var endless = { length: 4294967295 };
console.log("start", Array.prototype.indexOf.call({ length: 2, 1: "x" }, "x"));
try { Array.prototype.forEach.call(endless, function () { console.log("never"); }); } catch (e) { console.log("caught", e); }
console.log("end");
