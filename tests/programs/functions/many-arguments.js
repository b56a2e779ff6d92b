// Too few and too many arguments, many parameters, many locals.
"use strict";
function f(a, b, c) { return a + "," + b + "," + c; }
console.log(f(), f(1), f(1, 2, 3, 4, 5));
function many(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) { return "" + a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p; }
console.log(many(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5), many(1).length);
function locals(s) {
    var a = s, b = a + 1, c = b + 1, d = c + 1, e = d + 1, f = e + 1, g = f + 1, h = g + 1, i = h + 1, j = i + 1;
    var k = a + b, l = c + d, m = e + f, n = g + h, o = i + j, p = k * l, q = m * n, r = o - p, t = q - r;
    return [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, t].join();
}
console.log(locals(1));
console.log(locals("x").length);
function deepExpr(x) { return ((((((((((x + 1) * 2 - 3) ^ 5) | 1) & 1023) << 2) >> 1) + x) % 97) * (x - (x - (x - (x - (x - 1)))))); }
console.log(deepExpr(10), deepExpr(1e9));
var sum = function () { var t = 0; for (var i = 0; i < arguments.length; i++) t += arguments[i]; return t; };
console.log(sum(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33));
console.log((function (x) { x = x || "default"; return x; })(), (function (u) { return typeof u; })());
