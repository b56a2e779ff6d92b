"use strict";
// `print` writes its arguments as strings, with a space between them; Node does not have it.
globalThis.print = function print() {
    let line = "";
    for (let i = 0; i < arguments.length; i++) line += (i ? " " : "") + String(arguments[i]);
    process.stdout.write(line + "\n");
};
