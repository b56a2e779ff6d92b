// Escapes and quotes in string literals.
"use strict";
console.log('single "inner"', "double 'inner'", "esc \"q\" \'s\' \\ \/", "tab\tend", "nl\nsecond");
console.log("\x41\x7a\u0042\u{43}\u{1F600}", "\u00e9é", "a\
b", "\0".length, "\0".charCodeAt(0), "\b\f\v".length);
console.log("\v".charCodeAt(0), "\b".charCodeAt(0), "\f".charCodeAt(0), "\r".charCodeAt(0), "\q\w\-", "\u{0}".length, "\u{10FFFF}".length);
console.log("".length, "é".length, "😀".length, "e\u0301".length, "日本語".length, "\ud83d\ude00" === "😀", "\ud83d".length);
console.log("a" + 'b' + "c", "it's", 'say "hi"', "x\u2028y".length, "\u2029".charCodeAt(0));
console.log(["\\n", "\\\\", "\n".length, "\\n".length].join("|"));
