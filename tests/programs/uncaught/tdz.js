// exit: 1
// stderr: Uncaught ReferenceError
// Use before initialisation.
"use strict";
console.log("ready");
console.log(early);
let early = 1;
