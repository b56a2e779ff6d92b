// slice, substring and substr: negative, swapped, missing and odd arguments.
"use strict";
var s = "0123456789";
console.log([s.slice(2), s.slice(-3), s.slice(2, 5), s.slice(2, -2), s.slice(-4, -2), s.slice(5, 2), s.slice(20), s.slice(-20, 3), s.slice(), s.slice(undefined, 3), s.slice(NaN, 2), s.slice("1", "3"), s.slice(1.9, 3.9)].join("|"));
console.log([s.substring(2), s.substring(5, 2), s.substring(-3, 4), s.substring(3, 100), s.substring(NaN, 3), s.substring(), s.substring(4, undefined), s.substring(Infinity, 8), s.substring("2", "4")].join("|"));
console.log([s.substr(2), s.substr(2, 3), s.substr(-3), s.substr(-3, 2), s.substr(20), s.substr(2, -1), s.substr(0, 0), s.substr(8, 5), s.substr(-20, 2), s.substr(3, undefined), s.substr(undefined, 2)].join("|"));
var u = "aé日😀z";
console.log([u.slice(1, 3), u.slice(3, 5), u.slice(-1), u.substring(0, 2), u.substr(2, 1), u.slice(5)].join("|"), u.slice(3, 4).length, u.slice(4).length, u.slice(3, 4) + u.slice(4) === "😀z");
var t = s, n = 0;
while (t.length > 1) { t = t.slice(1, -1); n++; }
console.log(n, t, s.slice(3, 3) === "", s.slice(0) === s, s.slice(0, 10) === s.substring(0), "".slice(-1) === "", "a".slice(-1));
for (var i = 0, parts = []; i < s.length; i += 4) parts.push(s.slice(i, i + 4));
console.log(parts.join(), s.slice(-2147483649, 2147483648), s.substring(-4294967296, 4294967296), String.prototype.slice.call(12345, 1, 3));
