// CRC-32, Adler-32 and Fletcher-16 over strings and byte arrays.
"use strict";
var table = [];
for (var n = 0; n < 256; n++) { var c = n; for (var k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; table.push(c >>> 0); }
function crc(s) { var r = -1; for (var i = 0; i < s.length; i++) r = table[(r ^ s.charCodeAt(i)) & 255] ^ (r >>> 8); return (r ^ -1) >>> 0; }
function adler(s) { var a = 1, b = 0; for (var i = 0; i < s.length; i++) { a = (a + s.charCodeAt(i)) % 65521; b = (b + a) % 65521; } return (b << 16 | a) >>> 0; }
function fletcher(s) { var a = 0, b = 0; for (var i = 0; i < s.length; i++) { a = (a + s.charCodeAt(i)) % 255; b = (b + a) % 255; } return b << 8 | a; }
["", "a", "abc", "123456789", "The quick brown fox jumps over the lazy dog"].forEach(function (s) { console.log(crc(s).toString(16), adler(s).toString(16), fletcher(s).toString(16)); });
console.log(table[1], table[128], table[255], table.length, table.reduce(function (x, y) { return (x ^ y) >>> 0; }));
var long = "";
for (var i = 0; i < 500; i++) long += String.fromCharCode(32 + (i * 7) % 90);
console.log(crc(long), adler(long), fletcher(long));
