// The stack is a string that begins with the error's text; its form is not compared.
"use strict";
function thrower() { throw new TypeError("with stack"); }
try { thrower(); } catch (e) {
    console.log(typeof e.stack, e.stack.split("\n")[0]);
}
var e = new Error("made");
console.log(e.stack.indexOf("made") >= 0, Object.keys(e).indexOf("stack"));
e.stack = "overwritten";
console.log(e.stack, e.message);
try { undefined.x; } catch (x) { console.log(typeof x.stack, x.stack.slice(0, 9), x.message.length > 0); }
function deep(n) { if (n === 0) return new Error("deep").stack; return deep(n - 1); }
console.log(deep(3).indexOf("deep") >= 0, deep(20).length > 0);
