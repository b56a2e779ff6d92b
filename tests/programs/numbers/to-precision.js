// toPrecision: fixed or exponent form by magnitude, rounding.
"use strict";
console.log((123.456).toPrecision(4), (123.456).toPrecision(2), (123.456).toPrecision(10), (0.000123).toPrecision(2), (0.00000123).toPrecision(2), (0.0000001).toPrecision(1));
console.log((1e21).toPrecision(3), (1e21).toPrecision(22), (123456).toPrecision(6), (123456).toPrecision(5), (99.99).toPrecision(3), (999.9).toPrecision(3), (0).toPrecision(3), (-0).toPrecision(1));
console.log((1.25).toPrecision(2), (1.35).toPrecision(2), (-1.45).toPrecision(2), (2.5).toPrecision(1), (3.5).toPrecision(1), (1e-7).toPrecision(5), (12345e-10).toPrecision(3));
console.log((5).toPrecision(), (1.5).toPrecision(undefined), NaN.toPrecision(1), Infinity.toPrecision(200 - 199), (1 / 3).toPrecision(21), (0.1).toPrecision(30));
[0, 101, -1, "a"].forEach(function (d) { try { console.log((1.5).toPrecision(d)); } catch (e) { console.log(e.name); } });
console.log((5e-324).toPrecision(4), (1.7976931348623157e308).toPrecision(5), (4294967296).toPrecision(3), (123.456).toPrecision("5"), (1).toPrecision(100).length);
console.log((9.5).toPrecision(1), (95).toPrecision(1), (0.95).toPrecision(1), (949.99).toPrecision(2), (1e-6).toPrecision(2), (1e-6 / 10).toPrecision(2));
