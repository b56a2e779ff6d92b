// Building strings piece by piece, in several ways.
"use strict";
var s = "";
for (var i = 0; i < 200; i++) s += i % 10;
console.log(s.length, s.slice(95, 105));
console.log("a".concat("b", 1, null, undefined, true, [1, 2], {}), "".concat(), "x".concat("") === "x", String.prototype.concat.call(1, 2));
var parts = [];
for (i = 0; i < 50; i++) parts.push(i * i);
console.log(parts.join("").length, parts.join(", ").length);
var front = "";
for (i = 0; i < 26; i++) front = String.fromCharCode(97 + i) + front;
console.log(front);
var dbl = "ab";
for (i = 0; i < 8; i++) dbl += dbl;
console.log(dbl.length, dbl.charAt(511), dbl.indexOf("ba", 300), dbl.lastIndexOf("ab"));
var a = "x", b = a;
a += "y";
console.log(a, b, a + b + a, (a + b).length);
function repeat(t, n) { var r = ""; while (n > 0) { if (n & 1) r += t; t += t; n >>= 1; } return r; }
console.log(repeat("=-", 10), repeat("é", 3).length, repeat("", 5) === "", repeat("😀", 2));
function pad(n, w) { var t = String(n); while (t.length < w) t = " " + t; return t; }
console.log(pad(5, 3) + pad(42, 4) + pad(12345, 3) + "|");
