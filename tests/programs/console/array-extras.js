// Arrays with extra properties, array-likes, arguments, wrapper objects.
"use strict";
var a = [1, 2];
a.name = "extra"; a[-1] = "neg"; a["01"] = 1;
console.log(a, [a], { a: a });
var e = [];
e.k = 1;
console.log(e, { length: 0 }, { length: 2, 0: "a", 1: "b" });
(function () { console.log(arguments, [arguments], { args: arguments }); })(1, "two", [3]);
(function () { console.log(arguments, typeof arguments); })();
var s = new String("abc"), n = new Number(5), b = new Boolean(true);
console.log(s, n, b, [s, n, b], { s: s });
s.extra = 1; n.extra = { x: 1 };
console.log(s, n);
console.log(Object.freeze([1, 2]), Object.freeze({ a: 1 }), Object.seal({ b: 1 }));
