// Errors are converted with String here: their inspection shows a stack, which differs.
"use strict";
var e = new TypeError("bad value");
console.log(String(e), "" + e, `${e}`, e.message, e.name);
console.log([e].join(), [e.name, e.message], { message: e.message });
e.stack = "TypeError: bad value\n    at somewhere";
console.log(e);
e.extra = 1;
console.log(e);
var m = new Error("m");
m.stack = undefined;
console.log(typeof m.stack, String(m));
