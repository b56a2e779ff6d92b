// stderr: to the error stream
// console.error goes to standard error, console.log to standard output.
"use strict";
console.log("out 1");
console.error("to the error stream", { a: 1 });
console.log("out 2", [1]);
console.error();
console.error("%s", "formatted");
console.log("out 3");
