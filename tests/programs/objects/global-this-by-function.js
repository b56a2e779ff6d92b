// How libraries get at the global object that are older than its name.
"use strict";
const root = Function("return this")();
console.log(root === globalThis, new Function("return this;")() === root);
root.answer = 42;
console.log(globalThis.answer, typeof root.Object, root.undefined);
