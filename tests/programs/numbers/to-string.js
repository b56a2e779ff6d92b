// Number to string: shortest digits that round-trip, and where the exponent form begins.
"use strict";
var xs = [0, 1, -1, 10, 123456789, 1e20, 1e21, 123e20, 1e22, 1.5, 0.1, 0.000001, 0.0000001, 1.23e-7, -1e-7, 1e100, 5e-324, 1.7976931348623157e308, 2.2250738585072014e-308];
xs.forEach(function (x) { console.log(x.toString(), String(-x), Number(String(x)) === x); });
console.log([0.1 + 0.2, 1 / 3, 2 / 3, 100 / 3, 1e21 / 3, 4.35, 0.615, 1.005, 8.5e-5, 123456789012345680000, 1e15 + 0.3].join(" "));
console.log([9007199254740991, 9007199254740992, 9007199254740993, 4294967296, 2147483647, -2147483648, 1073741824].join());
console.log([2e-7, 9.5e-7, 0.00001, 0.000123, 1.0000000000000002, 0.9999999999999999, 5e-7 + 1e-22, 4.9406564584124654e-324].join());
console.log(String(NaN), String(Infinity), String(-Infinity), String(-0), (25).toString(), 1..toString(), (-1.50).toString());
console.log([1e23, 9.999999999999999e22, 6.02214076e23, 1.6e-19, 3.14159265358979, 2.718281828459045, 1e-5, 12e-6, 123456.789e3].join());
