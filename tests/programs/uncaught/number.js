// exit: 1
// stderr: Uncaught 42
// A thrown number.
"use strict";
for (var i = 0; i < 100; i++) { if (i === 42) throw i; }
