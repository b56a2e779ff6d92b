// indexOf and lastIndexOf use strict equality.
"use strict";
var o = {}, a = [1, "1", NaN, null, undefined, o, 2, 1, "x", -0, o, 2];
console.log(a.indexOf(1), a.indexOf("1"), a.indexOf(NaN), a.indexOf(null), a.indexOf(undefined), a.indexOf(o), a.indexOf({}), a.indexOf(0), a.indexOf(-0), a.indexOf("x"), a.indexOf());
console.log(a.lastIndexOf(1), a.lastIndexOf(2), a.lastIndexOf(o), a.lastIndexOf(NaN), a.lastIndexOf("zz"), a.lastIndexOf(undefined), a.lastIndexOf());
console.log(a.indexOf(1, 1), a.indexOf(1, -5), a.indexOf(1, -99), a.indexOf(1, 99), a.indexOf(2, "7"), a.indexOf(1, 0.9), a.lastIndexOf(1, 6), a.lastIndexOf(1, -6), a.lastIndexOf(1, -99), a.lastIndexOf(2, 99), a.lastIndexOf(1, undefined));
console.log([].indexOf(1), [].lastIndexOf(1), [1.5, 2147483648, 0.1 + 0.2].indexOf(2147483647 + 1), [0.3].indexOf(0.1 + 0.2), ["ab"].indexOf("a" + "b"), [true].indexOf(1));
console.log(Array.prototype.indexOf.call("hello", "l"), Array.prototype.lastIndexOf.call("hello", "l"), Array.prototype.indexOf.call({ length: 3, 0: "a", 1: "b", 2: "c" }, "c"), Array.prototype.indexOf.call({ 0: 1 }, 1));
function unique(x) { return x.filter(function (v, i) { return x.indexOf(v) === i; }); }
console.log(unique([3, 1, 3, 2, 1, "1", 2]).join(), unique("mississippi".split("")).join(""));
