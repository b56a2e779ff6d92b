// Arrays: nesting, line breaking, numbers in columns.
"use strict";
console.log([], [[]], [[], []], [[[]]], [1], [1, 2, 3], ["a", "b"]);
console.log([[1, 2], [3, 4]], [[[1, [2]]]], [[[[1]]]], [[[[[]]]]]);
console.log([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 7]);
console.log([1, 22, 333, 4444, 55555, 6, 77, 888]);
console.log(["a", "bb", "ccc", "dddd", "e", "ff", "ggg"]);
var a = [];
for (var i = 0; i < 30; i++) a.push(i * i);
console.log(a);
console.log(a.map(String));
console.log([1.5, 2.25, -3, 1e21, NaN, 0, -0, 7]);
console.log([[1, 2, 3, 4, 5, 6, 7], 8]);
console.log([true, false, true, false, true, false, true], [null, undefined, null, undefined, null, undefined, null]);
console.log(["short", "a somewhat longer string", "x", "y", "z", "medium one", "q"]);
