// Where there is no compiler, code from strings is refused by an error that says so; what needs none works everywhere.
"use strict";
const outcomes = [
    () => (0, eval)("1 + 1"),
    () => Function("return 2")(),
    () => new Function("a", "return a")(2),
    () => globalThis.eval("2"),
];
for (const outcome of outcomes) {
    try {
        console.log(outcome() === 2);
    } catch (error) {
        console.log(error instanceof EvalError && error.message.includes("strings"));
    }
}
console.log((0, eval)(5), typeof eval, eval.name, eval.length, typeof Function, (() => 1) instanceof Function);
