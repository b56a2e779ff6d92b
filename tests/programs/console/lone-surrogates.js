// A lone surrogate is printed as U+FFFD at the top level and escaped in containers.
"use strict";
var hi = "\ud83d", lo = "\ude00";
console.log(hi, lo, hi + lo, lo + hi, "a" + hi + "b");
console.log([hi, lo, hi + lo, "x" + lo]);
console.log({ k: hi });
console.log((hi + "x").length, hi + "" + lo === "😀");
