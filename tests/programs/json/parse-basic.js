// JSON.parse of valid texts.
"use strict";
function p(t) { return JSON.stringify(JSON.parse(t)); }
console.log(["1", "-0", " 1.5e3 ", "1E-2", "\"s\"", "true", "null", "[]", "{}", "[1,[2,[3]]]", "{\"a\":{\"b\":[]}}", "\t[ 1 ,\n2 ]\r\n", "0.1", "-1", "1e400", "123456789012345678901"].map(p).join(" "));
console.log(p("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\ud83d\\ude00\""), JSON.parse("\"\\ud83d\"").length, JSON.parse("\"é日😀\""), JSON.parse("\"\\u0000\"").charCodeAt(0), JSON.parse("\"\u2028\"").length);
console.log(p("{\"a\":1,\"a\":2}"), p("{\"2\":1,\"1\":2,\"b\":3,\"a\":4}"), p("{\"\":0}"), Object.keys(JSON.parse("{\"__proto__\":1}")).join(), JSON.parse("{\"toString\":1}").toString, p("{\"length\":5}"));
console.log(1 / JSON.parse("-0"), JSON.parse(5), JSON.parse(null), JSON.parse(true), JSON.parse(["7"]), JSON.parse({ toString: function () { return "[8]"; } })[0]);
var o = JSON.parse("{\"list\":[{\"id\":1,\"tags\":[\"x\",\"y\"]},{\"id\":2,\"tags\":[]}],\"ok\":true}");
console.log(o.list.length, o.list[0].tags[1], o.list[1].tags.length, o.ok, Array.isArray(o.list), o.list[0].hasOwnProperty("id"));
var round = [1, "two", { three: [4, null, { five: "\"6\"" }] }, true, "\u{1F600}\n"];
console.log(p(JSON.stringify(round)) === JSON.stringify(round), JSON.parse(JSON.stringify(JSON.stringify(round))) === JSON.stringify(round));
