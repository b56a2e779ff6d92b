"use strict";
// Arguments and results of functions that built-in ones call.
var seen = 0;
["1", "2"].forEach(function (x) { seen += x * 10; });
console.log(seen);
var mapped = [1, 2].map(function (x) { return "" + x; });
console.log(mapped[0] - mapped[1]);
console.log([1, 2, 3].reduce(function (sum, x) { return sum - x; }, "10"));
