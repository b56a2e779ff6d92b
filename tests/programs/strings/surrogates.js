// Lone surrogates and astral characters keep their UTF-16 identity.
"use strict";
var hi = "\ud83d", lo = "\ude00", pair = hi + lo;
console.log(pair, pair.length, pair === "😀", hi.length, hi === pair.charAt(0), lo === pair[1], hi + "x" + lo === pair, (hi + "x").length);
console.log(pair.split("").length, pair.split("")[0] === hi, pair.split("").join("") === pair, pair.slice(0, 1) === hi, pair.slice(1) + pair.slice(0, 1) === pair);
console.log(pair.indexOf(lo), pair.indexOf(hi), pair.lastIndexOf(lo), (pair + pair).indexOf(pair, 1), (lo + hi + lo).indexOf(pair));
console.log([hi, lo, pair].map(function (s) { return JSON.stringify(s); }).join());
var joined = [hi, lo].join(""), concat = hi.concat(lo), template = `${hi}${lo}`;
console.log(joined === pair, concat === pair, template === pair, String.fromCharCode(0xd83d, 0xde00) === pair, String.fromCharCode(0xd83d) + String.fromCharCode(0xde00) === pair);
console.log([...(lo + hi + lo + hi)].length, [...pair + hi].map(function (c) { return c.length; }).join(), pair.codePointAt(0), hi.codePointAt(0), lo.codePointAt(0));
console.log(hi < lo, hi < "\uffff", "\ue000" > pair, pair < "\uffff", [pair, "\uffff", "\ue000", "z", hi].sort().map(function (s) { return s.charCodeAt(0).toString(16); }).join());
var o = {};
o[hi] = 1; o[lo] = 2; o[pair] = 3;
console.log(Object.keys(o).length, o[hi], o["\ude00"], o["😀"]);
var built = "";
for (var i = 0; i < 3; i++) { built += hi; built += lo; }
console.log(built, built.length, built.replace(lo, "-").length, built.toUpperCase() === built, built.trim() === built);
console.log(escape2(hi + "a" + lo));
function escape2(s) { var r = ""; for (var i = 0; i < s.length; i++) r += "\\u" + s.charCodeAt(i).toString(16); return r; }
