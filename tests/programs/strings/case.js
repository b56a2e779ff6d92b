// toUpperCase and toLowerCase, of ASCII, Latin, Greek and Cyrillic letters.
"use strict";
console.log("Hello, World! 123".toUpperCase(), "Hello, World! 123".toLowerCase(), "".toUpperCase() === "", "ALREADY".toUpperCase());
console.log("àéîõüñç".toUpperCase(), "ÀÉÎÕÜÑÇ".toLowerCase(), "ÿ".toUpperCase(), "αβγδω".toUpperCase(), "ΑΒΓΔΩ".toLowerCase(), "привет".toUpperCase(), "ПРИВЕТ".toLowerCase());
console.log("日本語😀".toUpperCase(), "aé😀z".toUpperCase(), "\ud83d".toUpperCase() === "\ud83d", "𐐨".toUpperCase() === "𐐀", "×÷".toLowerCase(), "[\\]^_`{|}~@".toUpperCase());
console.log(String.prototype.toUpperCase.call(true), (0x1f).toString(16).toUpperCase(), "mIxEd".toLowerCase() === "mixed", "x".toLocaleUpperCase(), "X".toLocaleLowerCase());
function swap(s) { var r = ""; for (var i = 0; i < s.length; i++) { var c = s[i]; r += c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase(); } return r; }
console.log(swap("Hello World"), swap("ÀbÇd"));
