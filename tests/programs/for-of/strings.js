// for-of over strings goes by code points.
"use strict";
var out = [];
for (const c of "aé😀z") out.push(c + ":" + c.length);
console.log(out.join());
out = [];
for (const c of "\ud83dx\ude00\ud83d\ude00\ud83d") out.push(c.length === 2 ? "pair" : c.charCodeAt(0).toString(16));
console.log(out.join());
for (const c of "") out = "never";
var n = 0, last;
for (last of "hello world") { if (last === " ") break; n++; }
console.log(n, last === " ");
function count(s) { var m = {}; for (let c of s) m[c] = (m[c] || 0) + 1; return Object.keys(m).map(k => k + m[k]).join(""); }
console.log(count("mississippi"), count("日本日"), count("😀x😀"));
var s = "ab";
out = [];
for (const c of s) { out.push(c); s = "changed"; }
console.log(out.join(), s);
w: for (const a of "abc") for (const b of "xyz") { if (b === "y") continue w; if (a === "c") break w; console.log(a + b); }
for (const c of new String("wr")) console.log(c);
for (const c of `t${1}`) console.log(c);
console.log([..."a\u{1F600}"].length, (function () { for (const c of "ret") return c; })());
