// What the scanner takes a short way for: keys, plain strings and short integers, and what looks like them.
"use strict";
function show(text) { try { var v = JSON.parse(text); return JSON.stringify(v); } catch (e) { return e.name + ": " + e.message; } }
["0", "-0", "-1", "7", "123456789", "-123456789", "1234567890", "1073741823", "1073741824", "-1073741824", "-1073741825", "2147483648", "999999999", "1e3", "1E+2", "12e-1", "0.5", "-0.0", "-0e1", "100.", "01", "-", "-a", "1.e5", "1e", "1e+", "00", "- 1", "+1", ".5", "0x10", "1 2", "12a"].forEach(function (t) { console.log(t, "->", show(t)); });
console.log(1 / JSON.parse("-0"), 1 / JSON.parse("0"));
['"plain"', '""', '"a"', '"abc"', '"abcd"', '"gr\u00fcn"', '"\u{1f600}x"', '"tab\tin"', '"es\\tcape"', '"\\u0041bc"', '"\\ud83d\\ude00"', '"open', '"bad\\x"', '"slash\\/"', '"\u007f"', '"\u2028"'].forEach(function (t) { console.log(show(t)); });
['{"a":1,"bb":2,"ccc":3,"dddd":4,"eeeee":5}', '{"1":1,"0":0,"10":10,"01":"z","1a":"y","4294967295":"x"}', '{"":1}', '{"na\\u006de":1,"name":2}', '{"same":1,"same":2}', '{ "sp" : 1 , "length" :2 }', '{"__proto__":1}', '{"\u00e9t\u00e9":1}', '{"open', '{"a"', '{"a" 1}', '{"a":}', '{a:1}', '{"a":1,}', '{"valueOf":null,"toString":null}'].forEach(function (t) { console.log(show(t)); });
var o = JSON.parse('{"name":"x","length":5,"0":"zero","constructor":1}');
console.log(o.name, o.length, o[0], o.constructor, Object.keys(o).join());
console.log(JSON.stringify({ plain: "text", quote: 'a"b', back: "a\\b", nl: "a\nb", low: "\u0001", del: "\u007f", high: "gr\u00fcn", lone: "\ud800", pair: "\u{1f600}", "k\"ey": 1, "": "" }));
console.log(JSON.stringify("a\"").length, JSON.stringify("").length, JSON.stringify(["x", "", "long enough not to be short", "\u00e9"]));
