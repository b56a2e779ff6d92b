// parseInt: prefixes, radix, stopping at the first bad character.
"use strict";
var ss = ["42", "  42", "\n\t 42abc", "-42", "+42", "--42", "", " ", "abc", "0x1F", "0X1f", "-0x1f", "0x", "0b11", "010", "1e3", "3.99", ".5", "1_000", "\u00a012", "\ufeff7", "9".repeat ? "99999999999999999999" : ""];
console.log(ss.map(function (s) { return parseInt(s); }).join());
console.log(parseInt("11", 2), parseInt("11", 16), parseInt("zz", 36), parseInt("0x11", 16), parseInt("0x11", 10), parseInt("0x11", 0), parseInt("12", 2), parseInt("2", 2), parseInt("78", 8));
console.log(parseInt("5", 1), parseInt("5", 37), parseInt("5", -1), parseInt("10", "8"), parseInt("10", null), parseInt("10", NaN), parseInt("10", 16.9), parseInt("10", 4294967298));
console.log(parseInt(15.99), parseInt(1e21), parseInt(0.0000005), parseInt(null), parseInt(undefined), parseInt(true), parseInt([7, 8]), parseInt({}), parseInt(-0.5), parseInt(null, 36));
console.log(parseInt("9007199254740993"), parseInt("1".concat("0", "0")), parseInt("100000000000000000000000"), parseInt("-0") === 0, 1 / parseInt("-0"), parseInt("11111111111111111111111111111111", 2), parseInt("ffffffffff", 16));
console.log(["1", "2", "3"].map(function (s) { return parseInt(s, 10); }).join(), parseInt("123", 5), parseInt("Infinity"), parseInt("e", 16), parseInt("-", 10), parseInt("+"), parseInt("1 2"));
