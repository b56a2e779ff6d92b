// Arrays that change from small integers to doubles, strings and objects.
"use strict";
var a = [];
for (var i = 0; i < 5; i++) a.push(i);
a[2] = 2.5; a.push(1073741824, 2147483648, -0);
console.log(a.join(), 1 / a[7], a[5] + a[6]);
a[0] = "str"; a[1] = { k: 1 }; a[3] = null; a[4] = undefined;
console.log(a.length, typeof a[0], a[1].k, a[3], a[4], a[2]);
var sum = 0, mixed = [1, 0.5, 2, 0.25, 2147483647];
for (i = 0; i < mixed.length; i++) sum += mixed[i];
console.log(sum, mixed.indexOf(0.25), mixed.reverse().join());
function fill(n, f) { var r = []; for (var i = 0; i < n; i++) r[i] = f(i); return r; }
console.log(fill(4, function (i) { return i / 2; }).join(), fill(4, function (i) { return i << 29; }).join(), fill(3, function (i) { return [i]; }).join("|"), fill(3, String).join(""));
var doubles = fill(4, function (i) { return i * 0.1; });
doubles[1] = 7; doubles.push("end");
console.log(doubles.join(), doubles.map(function (x) { return typeof x; }).join());
var ints = fill(6, function (i) { return i; });
ints[3] += 0.5; ints[4] = NaN; ints[5] *= 1e10;
console.log(ints.join(), ints.filter(function (x) { return x === x; }).length);
function get(x, k) { return x[k]; }
console.log(get([1, 2], 1), get("ab", 1), get({ 1: "o" }, 1), get([1, 2], "length"), get([1.5], 0), get(function () { }, "length"), get([1], 5), get([1], "0"));
