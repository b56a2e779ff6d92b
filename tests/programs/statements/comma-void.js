// The comma operator, void, and expressions as statements.
"use strict";
var a = (1, 2, 3), b;
console.log(a, (a++, a), void 0, void a++, a);
b = a = 7, a++;
console.log(a, b);
function f() { return a = 1, a += 5, a; }
console.log(f());
for (var i = 0, t = ""; i < 3, i < 4; t += i, i++);
console.log(t);
var o = { n: 1, get: function () { return this === undefined ? "no this" : this.n; } };
console.log(o.get(), (o.get)(), (0, o.get)());
console.log([(1, 2), (3, 4)].length, void "x" === undefined, typeof void 0);
;;;
{ }
{ a = 3; { a += 1; } }
console.log(a);
if (a) ; else console.log("never");
+a; -a; !a; "not a directive"; a === 4;
console.log((function () { "still expression"; return 1; })());
