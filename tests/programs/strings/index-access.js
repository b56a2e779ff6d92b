// charAt, charCodeAt, codePointAt and indexing: bounds and conversions.
"use strict";
var s = "aé😀z";
console.log(s.length, s.charAt(0), s.charAt(1), s.charAt(4), s.charAt(5) === "", s.charAt(-1) === "", s.charAt(), s.charAt("1"), s.charAt(1.9), s.charAt(NaN));
console.log(s.charCodeAt(0), s.charCodeAt(1), s.charCodeAt(2), s.charCodeAt(3), s.charCodeAt(4), s.charCodeAt(5), s.charCodeAt(-1), s.charCodeAt());
console.log(s.codePointAt(2), s.codePointAt(3), s.codePointAt(4), s.codePointAt(5), s.codePointAt(0));
console.log(s[0], s[4], s[5], s[-1], s["0"], s["00"], s[1.5], s["length"]);
for (var i = 0, codes = []; i < s.length; i++) codes.push(s.charCodeAt(i).toString(16));
console.log(codes.join());
console.log(s.charAt(2) + s.charAt(3) === "😀", s.charAt(2) === "\ud83d", s[2] + s[3], (s[2] + s[3]).length);
console.log("abc".charAt(4294967296), "abc".charAt(-0), "abc".charAt(Infinity) === "", "abc".charAt(4294967297) === "", "abc"[4294967296]);
console.log(String.prototype.charAt.call(12345, 2), String.prototype.charCodeAt.call(true, 0), String.prototype.charAt.call([1, 2], 1));
var t = "", long = "0123456789";
for (i = long.length - 1; i >= 0; i--) t += long[i];
console.log(t, long.charAt(long.length - 1), "".charAt(0) === "", isNaN("".charCodeAt(0)));
