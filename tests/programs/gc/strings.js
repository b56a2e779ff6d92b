// heap: 32k
// Strings made and dropped: concatenation, slices, numbers, joins.
"use strict";
var n = 0, keep = [];
for (var i = 0; i < 400; i++) {
    var s = "item " + i + " of " + (i * i) + " é" + String.fromCharCode(97 + i % 26);
    n += s.length;
    if (i % 50 === 0) keep.push(s);
}
console.log(n, keep.join("|"));
var acc = "";
for (i = 0; i < 300; i++) { acc += i % 10; if (acc.length > 40) acc = acc.slice(20); }
console.log(acc.length, acc.slice(-5));
var parts = [];
for (i = 0; i < 100; i++) { parts.push("k" + (i % 7)); if (parts.length > 10) parts = parts.join(",").split(",").slice(5); }
console.log(parts.join(""));
var up = "abc";
for (i = 0; i < 200; i++) up = i % 2 ? up.toLowerCase() : up.toUpperCase();
console.log(up, keep[3]);
for (i = 0, n = 0; i < 200; i++) n += (i / 7).toString().length + (i * 1.1).toFixed(2).length;
console.log(n, keep.length, keep[7].charAt(5));
