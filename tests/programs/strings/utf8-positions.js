// Indexes count UTF-16 units whatever the characters' width; walking in both directions.
"use strict";
var s = "";
for (var i = 0; i < 12; i++) s += "aé日😀".slice(0, 5) + i;
var n = s.length, sum = 0, back = "";
for (i = 0; i < n; i++) sum += s.charCodeAt(i) % 97;
for (i = n - 1; i >= 0; i--) back += s.charAt(i);
console.log(n, sum, back.length, back.charAt(0), back.charCodeAt(n - 2).toString(16));
console.log(s.indexOf("9"), s.indexOf("😀11"), s.charCodeAt(40).toString(16), s.charAt(53), s.slice(60, 66), s.slice(-4));
var jumps = [50, 3, 33, 0, 71, 12, 12, 64, 2], out = [];
jumps.forEach(function (k) { out.push(s.charCodeAt(k).toString(36)); });
console.log(out.join());
var counts = {};
for (var c of s) counts[c] = (counts[c] || 0) + 1;
console.log(Object.keys(counts).length, counts["é"], counts["😀"], counts["1"]);
console.log(s.split("日").length, s.split("😀")[3], s.replace("日1", "!").length, s.lastIndexOf("é"), s.substring(3, 5), s.substr(-7, 3));
var t = s.split("").reverse().join("");
console.log(t === back, t.split("").reverse().join("") === s, [...s].reverse().join("").slice(0, 8));
