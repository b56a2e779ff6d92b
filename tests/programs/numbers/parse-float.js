// parseFloat takes the longest prefix that is a decimal literal.
"use strict";
var ss = ["3.14", " 3.14abc", "-.5", "+.5e1", "5.", ".", "", "-", "1e3", "1e", "1e+", "1e+2x", "1.2.3", "Infinity", "-Infinityx", "infinity", "NaN", "0x10", "1e400", "-1e400", "1e-400", "00012", "1,5", "\u2003 7", "e5", "0.1e-2"];
console.log(ss.map(function (s) { return parseFloat(s); }).join());
console.log(parseFloat(5), parseFloat(null), parseFloat(undefined), parseFloat([1.5, 2]), parseFloat({ toString: function () { return "2.5"; } }), 1 / parseFloat("-0"), parseFloat("123456789012345678901234567890"));
console.log(parseFloat("0.1") === 0.1, parseFloat("1.7976931348623159e308"), parseFloat("2.2250738585072011e-308"), parseFloat("4.9e-324"), parseFloat("2e-324"), parseFloat("3e-324"), parseFloat("9007199254740993"), parseFloat("9007199254740992.9999999"));
console.log(parseFloat("0.000000000000000000000000000000000000001"), parseFloat("1" + "00000000000000000000" + "00000000000000000000" + "e-40"), parseFloat("0." + "00000000000000000000" + "1e21"));
console.log(isNaN("abc"), isNaN(""), isNaN(undefined), isNaN("1"), isNaN(NaN), isNaN({}), isNaN([]), isFinite("1"), isFinite(Infinity), isFinite("x"), isFinite(null), isFinite("1e400"), isFinite(-0));
