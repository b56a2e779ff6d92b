// The remainder takes the dividend's sign; it may be -0.
"use strict";
function mod(a, b) { return a % b; }
console.log(mod(7, 3), mod(-7, 3), mod(7, -3), mod(-7, -3), mod(6, 3), 1 / mod(-6, 3), 1 / mod(6, -3), 1 / mod(-0, 5));
console.log(mod(5, 0), mod(0, 5), mod(5, Infinity), mod(-5, Infinity), mod(Infinity, 5), mod(NaN, 2), mod(0, 0));
console.log(mod(5.5, 2), mod(-5.5, 2), mod(5, 1.5), mod(0.3, 0.1), mod(1e17, 3), mod(1e300, 7), mod(5e-324, 3));
console.log(mod(2147483648, 3), mod(-2147483648, 3), mod(-2147483648, -1), 1 / mod(-2147483648, -1), mod(4294967295, 1000), mod(9007199254740991, 10));
console.log(mod(2147483647, 2147483648), mod(1073741824, 1073741823), mod(-1, 4294967296));
console.log("7" % "4", null % 3, 3 % null, true % 2, [10] % 4, "a" % 2, undefined % 2);
var x = 17;
console.log(x %= 10, x %= 4, x %= -2, x);
var s = "";
for (var i = -5; i <= 5; i++) s += i % 3 + " ";
console.log(s);
s = "";
for (i = -5; i <= 5; i++) s += ((i % 3) + 3) % 3;
console.log(s);
for (i = 0, x = 1; i < 20; i++) x = x * 7 % 101;
console.log(x);
function isEven(n) { return n % 2 === 0; }
console.log(isEven(-2), isEven(-3), isEven(0), isEven(-0), isEven(2.5), isEven(4294967296), isEven("8"));
