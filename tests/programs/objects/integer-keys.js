// Integer-like keys of plain objects, and keys that only look like integers.
"use strict";
var o = {};
o[1] = "a"; o["1"] = "b"; o[1.0] = "c";
console.log(o[1], Object.keys(o).length);
o[-1] = "neg"; o["-0"] = "string -0"; o[-0] = "zero"; o[1e21] = "big"; o[0.1] = "frac"; o["1e3"] = "text";
console.log(o["-1"], o["-0"], o[0], o["1e+21"], o["0.1"], o[1000], o["1e3"]);
o[4294967295] = "2^32-1"; o[4294967296] = "2^32"; o[2147483648] = "2^31"; o[1073741824] = "2^30";
console.log(o["4294967295"], o["4294967296"], o["2147483648"], o["1073741824"]);
o[NaN] = "nan"; o[Infinity] = "inf"; o[true] = "t"; o[null] = "n"; o[undefined] = "u";
console.log(o.NaN, o["Infinity"], o["true"], o["null"], o["undefined"]);
o[[1, 2]] = "array key"; o[{}] = "object key";
console.log(o["1,2"], o["[object Object]"], o[[1]], o[[]]);
var sum = 0, sparse = {};
for (var i = 0; i < 100; i += 7) sparse[i] = i;
for (var k in sparse) sum += sparse[k];
console.log(sum, Object.keys(sparse).length, delete sparse[14], 14 in sparse, sparse[21]);
var like = { length: 2, 0: "x", 1: "y" };
console.log(Array.prototype.join.call(like, "+"), Array.prototype.indexOf.call(like, "y"));
