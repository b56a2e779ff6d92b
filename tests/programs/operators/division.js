// Division gives doubles; zero divisors, exact results.
"use strict";
function div(a, b) { return a / b; }
console.log(div(6, 3), div(7, 2), div(1, 3), div(-7, 2), div(0, 5), div(5, 0), div(-5, 0), div(0, 0), div(5, -0));
console.log(1 / div(0, -3), 1 / div(-0, 3), div(Infinity, Infinity), div(1, Infinity), 1 / div(-1, Infinity));
console.log(div(2147483648, 2), div(-2147483648, -1), div(4294967296, 65536), div(9007199254740993, 3), div(1e308, 1e-10), div(5e-324, 2));
console.log((7 / 2) | 0, (-7 / 2) | 0, Math.floor(-7 / 2), ~~(10 / 3), (100 / 7) >> 0);
console.log("10" / "4", null / 1, undefined / 1, true / 2, [9] / 3, "x" / 1, 1 / "", 1 / null);
var x = 100;
x /= 8;
console.log(x, x /= 0, x /= x);
function avg(a) { var s = 0; for (var i = 0; i < a.length; i++) s += a[i]; return s / a.length; }
console.log(avg([1, 2, 3, 4]), avg([1]), avg([]));
console.log(0.1 / 0.3, 1 / 49 * 49, 1 / 3 + 1 / 3 + 1 / 3, 0.1 + 0.2, 0.3 - 0.1, 1.1 * 3, 4.35 * 100, 1.005 * 1000);
for (var i = 1, harmonic = 0; i <= 10; i++) harmonic += 1 / i;
console.log(harmonic);
