// The stack of an error that the runtime has made, and that only a promise hands on.
"use strict";
function fail(value) { return value.missing.property; }
const names = (error) => error.stack.split("\n").slice(0, 2).map((line) => line.trim().split(" (")[0]);
Promise.resolve({}).then(fail).catch((error) => console.log(names(error)));
