// Array.prototype.sort: default order by strings, comparators, undefined last, in place.
"use strict";
var a = [10, 9, 1, 100, -1, 0, "b", "a", "B", undefined, null, true, NaN, undefined];
console.log(a.sort() === a, a.map(String).join());
console.log([5, 1, 4].sort(function (x, y) { return x - y; }).join(), [5, 1, 4].sort(function (x, y) { return y - x; }).join(), ["b", undefined, "a"].sort(function (x, y) { return x < y ? 1 : -1; }).map(String).join());
console.log([].sort().length, [1].sort(function () { throw "not called"; }).join(), [2, 1].sort(undefined).join(), [3, 2, 1].sort(function () { return 0; }).join(), [1, 2, 3].sort(function () { return NaN; }).join());
[null, 5, "f", {}].forEach(function (f) { try { [2, 1].sort(f); console.log("accepted"); } catch (e) { console.log(e.name); } });
console.log([3, 1, 2].sort(function (x, y) { return x > y; }).length, ["10", "9", "1"].sort(function (x, y) { return x - y; }).join(), [1.5, 1.25, -0.5, 1e10, 1e-5].sort(function (x, y) { return x - y; }).join());
console.log(["é", "z", "a", "É", "Z", "😀", "\uffff"].sort().map(function (s) { return s.charCodeAt(0); }).join(), [[2, 1], [1, 9], [1]].sort().join("|"), [true, false].sort().join());
var like = { length: 3, 0: "c", 1: "a", 2: "b" };
Array.prototype.sort.call(like);
console.log(like[0] + like[1] + like[2], [{ k: 2 }, { k: 1 }].sort(function (x, y) { return x.k - y.k; })[0].k);
console.log([2147483648, -2147483648, 4294967296, 1073741824].sort(function (x, y) { return x - y; }).join(), [3, 20, 100].sort().join(), [-1, -2, 5, -10].sort().join());
