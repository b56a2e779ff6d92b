// exit: 1
// stderr: Uncaught Error: third
// An error thrown through a library function.
"use strict";
[1, 2, 3].forEach(function (x) { console.log(x); if (x === 3) throw new Error("third"); });
