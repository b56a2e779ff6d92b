// Odd comparators: inconsistent, huge, fractional, throwing, growing the array.
"use strict";
var a = [5, 3, 8, 1, 9, 2];
console.log(a.slice().sort(function (x, y) { return (x - y) / 100; }).join(), a.slice().sort(function (x, y) { return (x - y) * 1e300; }).join(), a.slice().sort(function (x, y) { return x < y ? -Infinity : Infinity; }).join());
console.log(a.slice().sort(function (x, y) { return String(x - y); }).join(), a.slice().sort(function (x, y) { return { valueOf: function () { return x - y; } }; }).join(), a.slice().sort(function (x, y) { return x < y ? -1 : null; }).join());
var odd = a.slice().sort(function () { return 1; });
console.log(odd.length, odd.slice().sort().join());
var flip = 1, r = a.slice().sort(function () { return flip = -flip; });
console.log(r.slice().sort().join());
var shrink = a.slice();
shrink.sort(function (x, y) { return x - y; });
console.log(shrink.join());
try { a.slice().sort(function () { throw new RangeError("in comparator"); }); } catch (e) { console.log(e.name, e.message); }
var args = 0, that = "unset";
[2, 1].sort(function () { args = arguments.length; that = this; return 0; });
console.log(args, that);
console.log([3, 1, 2].sort(Math.max).length, ["b", "a"].sort(function (x, y) { return x.localeCompare(y); }).join(), [1, 2, 3, 4].sort(function (x, y) { return (x & 1) - (y & 1) || y - x; }).join());
