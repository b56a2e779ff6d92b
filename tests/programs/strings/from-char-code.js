// String.fromCharCode and fromCodePoint.
"use strict";
console.log(String.fromCharCode(72, 105), String.fromCharCode() === "", String.fromCharCode(233, 26085), String.fromCharCode(65536 + 65), String.fromCharCode(-65471), String.fromCharCode("66"), String.fromCharCode(67.9), String.fromCharCode(NaN).charCodeAt(0));
console.log(String.fromCharCode(0xd83d, 0xde00), String.fromCharCode(0xd83d).length, String.fromCharCode(null).length, String.fromCharCode(0x1f600).charCodeAt(0).toString(16));
console.log(String.fromCodePoint(65, 0x1f600, 233), String.fromCodePoint(0x10ffff).length, String.fromCodePoint() === "", String.fromCodePoint(0xd83d, 0xde00) === "😀", String.fromCodePoint("66"));
[-1, 1.5, 0x110000, NaN, "x"].forEach(function (c) { try { console.log(String.fromCodePoint(c)); } catch (e) { console.log(e.name); } });
for (var i = 97, s = ""; i < 123; i++) s += String.fromCharCode(i);
console.log(s, String.fromCharCode.apply(null, [106, 115]), s.split("").map(function (c) { return c.charCodeAt(0) - 96; }).join("").length);
function rot13(t) { return t.split("").map(function (c) { var k = c.charCodeAt(0) | 32; return k >= 97 && k <= 122 ? String.fromCharCode(c.charCodeAt(0) + (k < 110 ? 13 : -13)) : c; }).join(""); }
console.log(rot13("Hello, Jerboa!"), rot13(rot13("Round Trip")));
for (i = 0, s = 0; i < 65536; i += 1021) if (String.fromCharCode(i).charCodeAt(0) === i) s++;
console.log(s);
