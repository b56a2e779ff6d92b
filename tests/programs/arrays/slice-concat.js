// slice and concat make shallow copies.
"use strict";
var a = [0, 1, 2, 3, 4];
console.log([a.slice(), a.slice(2), a.slice(1, 3), a.slice(-2), a.slice(-3, -1), a.slice(3, 1), a.slice(9), a.slice(-9, 2), a.slice(undefined, 2), a.slice("1", "3"), a.slice(1.9, 3.9), a.slice(NaN)].join(" | "));
console.log([].concat().length, [1].concat(2, [3], [[4]]).length, [1].concat([2, 3], 4, [[5]]).join("-"), [].concat("s", null, undefined, {}).length, a.concat(a).length, a.length);
var o = { k: 1 }, c = [o].concat([o]);
c[0].k = 2;
console.log(c[1].k, [[1]].slice()[0].push(2), a.slice() !== a, a.slice(0, 0).length);
console.log(Array.prototype.slice.call("abc", 1).join(), Array.prototype.slice.call({ length: 2, 0: "x", 1: "y" }).join(), Array.prototype.concat.call("s", 1).length, (function () { return Array.prototype.slice.call(arguments, -2).join(); })(1, 2, 3));
var parts = [];
for (var i = 0; i < 6; i++) parts = parts.concat([i], parts.slice(-1));
console.log(parts.join());
function chunk(x, n) { var r = []; for (var i = 0; i < x.length; i += n) r.push(x.slice(i, i + n)); return r; }
console.log(JSON.stringify(chunk([1, 2, 3, 4, 5, 6, 7], 3)), JSON.stringify(chunk([], 2)));
console.log([3, 4].concat({ length: 1, 0: "not spread" }).length, [1].concat(new Array(2, 3)).join(), [].concat([[], [[]]]).length);
