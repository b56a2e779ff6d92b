// indexOf and lastIndexOf: positions, empty needles, clamping.
"use strict";
var s = "canal banana";
console.log(s.indexOf("an"), s.indexOf("an", 2), s.indexOf("an", 10), s.indexOf("x"), s.indexOf(""), s.indexOf("", 5), s.indexOf("", 99), s.indexOf("an", -5), s.indexOf("c"), s.indexOf("canal banana!"));
console.log(s.lastIndexOf("an"), s.lastIndexOf("an", 9), s.lastIndexOf("an", 0), s.lastIndexOf("c", 0), s.lastIndexOf("x"), s.lastIndexOf(""), s.lastIndexOf("", 3), s.lastIndexOf("an", NaN), s.lastIndexOf("an", -1), s.lastIndexOf("a", Infinity));
console.log("aaa".indexOf("aa"), "aaa".lastIndexOf("aa"), "aaa".indexOf("aa", 1), "aaa".indexOf("aa", 2), "".indexOf(""), "".indexOf("a"), "".lastIndexOf(""), "abc".indexOf("abc"), "abc".lastIndexOf("abc", 5));
console.log("1undefined2null3".indexOf(), "1undefined2null3".indexOf(null), "a1b".indexOf(1), "[object Object]".indexOf({}), "true".indexOf(true), "x,y".indexOf(["x", "y"]));
console.log("é日😀é日".indexOf("日"), "é日😀é日".indexOf("日", 2), "é日😀é日".lastIndexOf("é"), "é日😀é日".indexOf("😀"), "é日😀é日".lastIndexOf("日", 3));
console.log("abcabc".indexOf("c", "3"), "abcabc".indexOf("c", 2.9), "abcabc".indexOf("a", null), "abcabc".lastIndexOf("c", "3"), "abcabc".lastIndexOf("c", undefined));
var count = 0, at = -1;
while ((at = s.indexOf("a", at + 1)) !== -1) count++;
console.log(count);
