// Base64 and hexadecimal, of UTF-8 bytes.
"use strict";
var A = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
function utf8(s) { var b = []; for (var c of s) { var p = c.codePointAt(0); if (p < 128) b.push(p); else if (p < 2048) b.push(192 | p >> 6, 128 | p & 63); else if (p < 65536) b.push(224 | p >> 12, 128 | p >> 6 & 63, 128 | p & 63); else b.push(240 | p >> 18, 128 | p >> 12 & 63, 128 | p >> 6 & 63, 128 | p & 63); } return b; }
function enc(b) { var r = ""; for (var i = 0; i < b.length; i += 3) { var n = b[i] << 16 | (b[i + 1] || 0) << 8 | (b[i + 2] || 0); r += A[n >> 18 & 63] + A[n >> 12 & 63] + (i + 1 < b.length ? A[n >> 6 & 63] : "=") + (i + 2 < b.length ? A[n & 63] : "="); } return r; }
function dec(s) { var b = [], acc = 0, bits = 0; for (var i = 0; i < s.length && s[i] !== "="; i++) { acc = acc << 6 | A.indexOf(s[i]); bits += 6; if (bits >= 8) { bits -= 8; b.push(acc >> bits & 255); acc &= (1 << bits) - 1; } } return b; }
function hex(b) { return b.map(function (x) { return (x < 16 ? "0" : "") + x.toString(16); }).join(""); }
["", "f", "fo", "foo", "foobar", "é日😀", "Jerboa, the small desert animal"].forEach(function (s) {
    var b = utf8(s), e = enc(b);
    console.log(e, hex(b).slice(0, 20), dec(e).join() === b.join(), decodeURIComponent(hex(dec(e)).split("").map(function (c, i) { return i % 2 ? c : "%" + c; }).join("")) === s);
});
