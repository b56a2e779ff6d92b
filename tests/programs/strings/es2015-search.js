// startsWith, endsWith, includes, repeat.
"use strict";
console.log("jerboa".startsWith("jer"), "jerboa".startsWith("boa"), "jerboa".startsWith("boa", 3), "jerboa".startsWith(""), "jerboa".startsWith("j", -5), "jerboa".startsWith("a", 6), "".startsWith(""));
console.log("jerboa".endsWith("boa"), "jerboa".endsWith("jer"), "jerboa".endsWith("jer", 3), "jerboa".endsWith(""), "jerboa".endsWith("", 0), "jerboa".endsWith("jerboa!"), "a".endsWith("a", 99));
console.log("jerboa".includes("rbo"), "jerboa".includes("x"), "jerboa".includes(""), "jerboa".includes("j", 1), "undefined".includes(), "a1".includes(1), "é日😀".includes("日😀"), "é日😀".includes("\ude00"));
console.log("ab".repeat(3), "x".repeat(0) === "", "".repeat(100) === "", "é".repeat(2), "a".repeat(2.9), "a".repeat("2"), "😀".repeat(2).length);
[-1, Infinity].forEach(function (n) { try { console.log("x".repeat(n)); } catch (e) { console.log(e.name); } });
console.log("abc".repeat(50).length, "-".repeat(20), "ab".repeat(100).indexOf("ba", 150));
