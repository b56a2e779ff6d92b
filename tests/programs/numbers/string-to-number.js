// Number(string): whole string, blanks around it, hexadecimal, no suffixes.
"use strict";
var ss = ["", " ", "\n\t", "0", "-0", "+5", " 12 ", "1 2", "12px", "1.5", ".5", "5.", ".", "-.5e-1", "1e3", "1e", "1E+2", "0x1F", "0XaB", "-0x1", "0x", "0xg", "010", "Infinity", "-Infinity", "+Infinity", "infinity", "INF", "NaN", "1e1000", "1e-1000", "\u00a01\ufeff", "\u20281\u2029", "1\u0000", "--1", "+-1", "1_0", "1,0", "null", "true", "0.1e1.5"];
console.log(ss.map(function (s) { return Number(s); }).join());
console.log(ss.map(function (s) { return s * 1 === Number(s) || isNaN(s) ? 1 : 0; }).join(""));
console.log(Number(null), Number(undefined), Number(true), Number([]), Number([5]), Number([1, 2]), Number({}), Number(function () { }), Number("12" + "34"), Number());
console.log(+"123456789", +"1234567890123456789", +"0.1", +"0.10000000000000000555", +"179769313486231580793e289", +"5e-324", +"2.4703282292062328e-324", +"2.4703282292062327e-324", +"1.00000000000000011102230246251565", +"1.00000000000000011102230246251566");
console.log(+"9007199254740992", +"9007199254740993", +"9007199254740994", +"9007199254740995", +"36028797018963969", +"8.5", +"00", +"-00.50", +"0e5", +".0e-5");
console.log("5" - 2, "5" * "2", "0x10" | 0, " 7 " & 15, "1e2" % 7, -"3", ~"4", "3" > 2, "abc" < 5);
