// Word wrap, columns, roman numerals, run lengths, caesar.
"use strict";
function wrap(text, w) { var lines = [], line = ""; text.split(" ").forEach(function (word) { if (line && line.length + 1 + word.length > w) { lines.push(line); line = word; } else line += (line ? " " : "") + word; }); lines.push(line); return lines; }
var text = "Small programs for small machines: everything that is not needed stays out, and what stays is measured.";
console.log(wrap(text, 24).join("\n"));
console.log(wrap(text, 40).map(function (l) { return l.length; }).join());
function roman(n) { var v = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1], s = "M CM D CD C XC L XL X IX V IV I".split(" "), r = ""; v.forEach(function (x, i) { while (n >= x) { r += s[i]; n -= x; } }); return r; }
console.log([1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999].map(roman).join());
function rle(s) { var r = ""; for (var i = 0, n; i < s.length; i += n) { for (n = 1; s[i + n] === s[i]; n++); r += (n > 1 ? n : "") + s[i]; } return r; }
console.log(rle("aaabccddddde"), rle(""), rle("abc"));
function caesar(s, k) { return s.split("").map(function (c) { var b = c >= "a" && c <= "z" ? 97 : c >= "A" && c <= "Z" ? 65 : 0; return b ? String.fromCharCode((c.charCodeAt(0) - b + k + 26) % 26 + b) : c; }).join(""); }
console.log(caesar("Hello, World", 3), caesar(caesar("Zebra", 25), -25));
function pad(s, n) { s = String(s); while (s.length < n) s += "."; return s; }
[["name", "qty"], ["bolt", 12], ["washer", 5]].forEach(function (r) { console.log(pad(r[0], 8) + pad(r[1], 5) + "|"); });
