// toExponential, with and without a count of digits.
"use strict";
console.log((0).toExponential(), (-0).toExponential(2), (1).toExponential(), (123456).toExponential(), (123456).toExponential(2), (0.00015).toExponential(0), (0.00025).toExponential(1));
console.log((1e21).toExponential(), (1.5e-9).toExponential(3), (-1.25e10).toExponential(1), (9.99e5).toExponential(1), (99999).toExponential(3), (5e-324).toExponential(), (1.7976931348623157e308).toExponential(20));
console.log(NaN.toExponential(3), Infinity.toExponential(), (-Infinity).toExponential(2), (25).toExponential(0), (35).toExponential(0), (15.5).toExponential(1), (1.45).toExponential(1));
[-1, 101, Infinity].forEach(function (d) { try { console.log((1.5).toExponential(d)); } catch (e) { console.log(e.name); } });
console.log((255).toExponential("2"), (255).toExponential(undefined), (255).toExponential(null), (1 / 3).toExponential(25), (1e-7).toExponential(), (123).toExponential(10));
try { console.log(NaN.toExponential(1000)); } catch (e) { console.log(e.name); }
