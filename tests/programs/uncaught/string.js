// exit: 1
// stderr: just a string
// A thrown string is reported too.
"use strict";
console.log("one");
throw "just a string";
