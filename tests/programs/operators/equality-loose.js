// The whole table of ==.
"use strict";
var o = { valueOf: function () { return 1; } }, e = { toString: function () { return ""; } };
var vs = [0, -0, 1, NaN, "", "0", "1", " 1 ", "a", true, false, null, undefined, o, e, [], [0], [1], ["a"], {}];
vs.forEach(function (a) {
    console.log(vs.map(function (b) { return a == b ? 1 : 0; }).join(""), vs.map(function (b) { return a != b ? 1 : 0; }).join(""));
});
console.log(null == undefined, null == 0, null == false, undefined == "", "" == 0, "\n" == 0, "0x10" == 16, "1e3" == 1000, "Infinity" == Infinity);
console.log([] == ![], [] == [], [1, 2] == "1,2", [null] == "", [[]] == 0, {} == "[object Object]", new String("a") == "a", new String("a") == new String("a"));
console.log(true == 1, true == "1", true == 2, true == "true", false == "0", false == "", false == null);
console.log(2147483648 == "2147483648", 1.5 == "1.5", 1e21 == "1e21", 4294967296 == "0x100000000", "abc" == "ab" + "c", 0.1 + 0.2 == 0.3);
var log = "";
var t = { valueOf: function () { log += "v"; return {}; }, toString: function () { log += "t"; return "str"; } };
console.log(t == "str", t == t, t != "str", t == null, log);
try { ({ valueOf: function () { return {}; }, toString: function () { return {}; } }) == 1; } catch (x) { console.log(x.name); }
