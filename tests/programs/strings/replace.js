// replace with a string pattern: $ patterns, functions, one occurrence only.
"use strict";
console.log("aaa".replace("a", "b"), "abc".replace("x", "y"), "abc".replace("", "-"), "abc".replace("b", ""), "a.b.c".replace(".", "+"), "abc".replace("abc", "z"));
console.log("abc".replace("b", "[$&]"), "abc".replace("b", "[$`]"), "abc".replace("b", "[$']"), "abc".replace("b", "$$"), "abc".replace("b", "$"), "abc".replace("b", "$1$0$x"), "abc".replace("b", "$$$$&"));
console.log("abc".replace("b", function (m, at, s) { return "<" + m + at + s + arguments.length + ">"; }), "abc".replace("b", function () { return "$&"; }), "abc".replace("b", function () { }));
console.log("anullb".replace(null, undefined), "a1b".replace(1, 2), "x".replace("x", [1, 2]), "x".replace("x"), "undefined".replace(), "tru".replace("u", { toString: function () { return "o"; } }));
console.log("é日é".replace("é", "e"), "a😀b".replace("😀", ":)"), "a😀b".replace("\ude00", "?").length, "日".replace("日", "$&$&"));
console.log("aXbXc".replaceAll("X", "-"), "aaa".replaceAll("aa", "b"), "abc".replaceAll("", "."), "a.b".replaceAll(".", "$&$&"), "xyx".replaceAll("x", function (m, at) { return at; }), "none".replaceAll("x", "y"));
var s = "a-b-c-d", n = 0;
while (s.indexOf("-") >= 0) { s = s.replace("-", String(n++)); }
console.log(s, n, "longer text here".replace("text", "$`|$'").length);
