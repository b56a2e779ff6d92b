// Precedence and associativity across all levels of operators.
"use strict";
console.log(1 + 2 * 3 - 4 / 2 % 3, 2 * 3 % 4, 10 - 2 - 3, 100 / 10 / 2, 1 - -1, 2 - -2 * -2);
console.log(1 + 1 << 2, 1 << 1 + 1, 16 >> 2 >> 1, -8 >>> 28 + 1, 5 & 6 == 6, (5 & 6) == 4, 1 | 2 ^ 3 & 4, 7 ^ 7 | 1);
console.log(1 < 2 == true, 1 == 1 < 2, 3 > 2 === true, !1 == 0, !(1 == 0), !0 + 1, -1 + +"1", typeof 1 + 1, typeof (1 + 1), void 0 + "x");
console.log(0 || 1 && 2, (0 || 1) && 2, 1 && 0 || 3, 1 || 0 && (function () { throw 1; })(), null || 0 || "" || "last", 1 && "a" && 2);
console.log(true ? false ? 1 : 2 : 3, false ? 1 : true ? 2 : 3, 1 ? 2 : 3 ? 4 : 5, 0 || 1 ? "y" : "n", 1 + 1 ? "y" : "n");
var a, b, c;
a = b = c = 1 + 2, a += b *= c -= 1;
console.log(a, b, c, (a, b), (a = 5, a + 1));
console.log(-2 * -2, - -2, -(-2), +-+-1, ~-1, -~1, !~-1, ~~3.7, - (2 + 3) * 2);
console.log("a" + 1 + 2, "a" + (1 + 2), 1 + 2 + "a", "a" + 2 * 3, "6" - 1 + "2", "3" * "4" + "5", 1 + "2" - 1);
console.log("b" in { b: 1 } && "c" in { b: 1 }, [] instanceof Array == true, 1 in [5, 6] && 2, delete {}.x + 1);
var o = { f: function () { return { g: [function () { return "deep"; }] }; }, n: { m: 3 } };
console.log(o.f().g[0](), new (function () { this.v = o.n; })().v.m, typeof o.f().g, -o.n.m + 1, !o.n.m, o.n.m++ + ++o.n.m);
