// exit: 1
// stderr: Uncaught ReferenceError
// An undeclared variable.
"use strict";
console.log(typeof missing);
missing();
