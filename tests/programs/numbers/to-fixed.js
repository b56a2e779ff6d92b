// toFixed: exact decimal value, rounding half up in magnitude, wide range.
"use strict";
console.log((1.005).toFixed(2), (1.45).toFixed(1), (8.345).toFixed(2), (0.5).toFixed(0), (1.5).toFixed(0), (2.5).toFixed(0), (-1.5).toFixed(0), (-2.5).toFixed(0));
console.log((0).toFixed(2), (-0).toFixed(2), (1).toFixed(), (1.23456).toFixed(3), (-1.23456).toFixed(3), (123.456).toFixed(0), (0.000001).toFixed(7), (-0.0000001).toFixed(2));
console.log((1e20).toFixed(2), (1e21).toFixed(2), (-1e21).toFixed(1), (123456789.123456789).toFixed(10), (999.995).toFixed(2), (0.1).toFixed(20), (0.3).toFixed(17));
console.log(NaN.toFixed(2), Infinity.toFixed(1), (-Infinity).toFixed(0), (9.99).toFixed(1), (99.99).toFixed(1), (0.99).toFixed(0), (4.5e-7).toFixed(6));
console.log((5e-324).toFixed(3), (1.7).toFixed("1"), (1.7).toFixed(undefined), (1.7).toFixed(1.9), (10.235).toFixed(2), (1.0000000000000002).toFixed(16));
[-1, 101, Infinity, "x"].forEach(function (d) { try { console.log((1.5).toFixed(d)); } catch (e) { console.log(e.name); } });
console.log((3.14159).toFixed(50), (2147483648.5).toFixed(0), (4503599627370497.5).toFixed(0), (1234.5678).toFixed(100).length);
for (var i = 0, s = ""; i < 8; i++) s += (2 / 3 * Math.pow(10, i - 3)).toFixed(4) + " ";
console.log(s);
