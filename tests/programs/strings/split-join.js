// split by a string: empty separators, limits, edges.
"use strict";
function j(s, sep, lim) { return JSON.stringify(arguments.length === 2 ? s.split(sep) : s.split(sep, lim)); }
console.log(j("a,b,c", ","), j("a,b,c", ",", 2), j("a,b,c", ",", 0), j("a,b,c", ",", -1), j(",a,", ","), j("", ","), j("", ""), j("abc", ""), j("abc", "", 2));
console.log(j("abc", "abc"), j("abc", "x"), j("abc", undefined), j("a1b1c", 1), j("aXXbXXc", "XX"), j("aaaa", "aa"), j("aaa", "aa"), j("anullb", null));
console.log(JSON.stringify("abc".split()), j("a b  c", " "), j("é日😀", ""), j("x😀y😀z", "😀"), j("a\nb\n", "\n"), j("a,b", ",", undefined), j("a,b", ",", 4294967297));
console.log("a-b-c".split("-").reverse().join("+"), "hello".split("").reverse().join(""), "1 2 3".split(" ").map(Number).join(), "k=v=w".split("=", 1)[0]);
console.log([1, null, undefined, "x", [2, [3]]].join("-"), [].join(), [null].join(), [undefined, undefined].join("|"), ["a"].join("zz"), [1, 2].join(undefined), [1, 2].join(null), [1, 2].join(""));
var words = "the quick brown fox".split(" ");
console.log(words.map(function (w) { return w.charAt(0).toUpperCase() + w.slice(1); }).join(" "), words.length);
console.log("a".split("a").length, "aa".split("a").length, String.prototype.split.call(10203, 0).join());
