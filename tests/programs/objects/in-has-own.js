// The in operator and hasOwnProperty.
"use strict";
var o = Object.create({ inherited: 1 });
o.own = undefined;
o[5] = "five";
console.log("own" in o, "inherited" in o, "toString" in o, "missing" in o, 5 in o, "5" in o, 5.0 in o, 6 in o);
console.log(o.hasOwnProperty("own"), o.hasOwnProperty("inherited"), o.hasOwnProperty(5), o.hasOwnProperty("toString"));
console.log(0 in [1], 1 in [1], "length" in [], "-1" in [1], "0" in ["a"], "00" in ["a"], 0.5 in [1]);
var s = new String("ab");
console.log("0" in s, 1 in s, 2 in s, "length" in s, s.hasOwnProperty("length"), s.hasOwnProperty(0));
console.log("ab".hasOwnProperty(1), "ab".hasOwnProperty("length"), (5).hasOwnProperty("toFixed"));
function F() { this.x = 1; }
F.prototype.y = 2;
var f = new F();
console.log("x" in f, "y" in f, f.hasOwnProperty("y"), "prototype" in F, "call" in F, F.hasOwnProperty("call"));
console.log("undefined" in {}, undefined in { undefined: 1 }, null in { null: 1 }, NaN in { NaN: 1 }, -0 in [7]);
console.log(!("x" in f), !"x" in f, "a" + "b" in { ab: 1 });
for (var i = ("x" in f) ? 1 : 9; i < 3; i++) console.log(i);
var log = "";
var key = { toString: function () { log += "k"; return "x"; } };
console.log(key in f, f.hasOwnProperty(key), log);
["string", 1, true, null, undefined].forEach(function (v) { try { "x" in v; } catch (e) { log += e.name.charAt(0); } });
console.log(log);
console.log(Object.prototype.hasOwnProperty.call(Object.create(null), "x"));
