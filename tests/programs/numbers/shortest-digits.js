// Values that are hard for shortest-digit algorithms.
"use strict";
var xs = [5e-324, 1e-323, 1.5e-323, 2.2250738585072011e-308, 2.2250738585072014e-308, 1.7976931348623157e308, 9007199254740993, 18014398509481984,
    1e22, 1e23, 4.8e-320, 9.5367431640625e-7, 1.1754943508222875e-38, 3.4028234663852886e38, 0.1, 0.2, 0.3, 0.7, 123456.7890123, 2.5e-5, 4.35, 5.0e-20,
    8.41e21, 2.0e22, 9.2233720368547758e18, 1.8446744073709552e19, 6.631236846766476e-316, 3.237883913302901e-319, 1.0e-6, 299792458.5, 4503599627370496.5, 4503599627370497.5];
var bad = 0;
xs.forEach(function (x) { console.log(x, -x); if (+String(x) !== x) bad++; });
var seed = 12345;
function rnd() { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; }
var sum = 0;
for (var i = 0; i < 60; i++) {
    var v = (rnd() - 0.5) * Math.pow(10, Math.floor(rnd() * 40) - 20), s = String(v);
    if (Number(s) !== v) bad++;
    sum += s.length;
}
console.log(bad, sum);
