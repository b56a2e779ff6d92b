// reduce and reduceRight: initial values, indexes, errors.
"use strict";
function add(a, b) { return a + b; }
console.log([1, 2, 3].reduce(add), [1, 2, 3].reduce(add, 10), ["a", "b", "c"].reduce(add), ["a", "b", "c"].reduceRight(add), [5].reduce(add), [].reduce(add, "init"), [1].reduceRight(add, 1), [1, 2].reduce(add, undefined));
var log = [];
["x", "y", "z"].reduce(function (acc, v, i, a) { log.push(acc + v + i + a.length); return acc + v; });
["x", "y"].reduceRight(function (acc, v, i) { log.push(acc + v + i); return v; }, "I");
console.log(log.join());
["reduce", "reduceRight"].forEach(function (m) { try { [][m](add); } catch (e) { console.log(e.name); } try { [1][m](); } catch (e) { console.log(e.name); } });
console.log([[1, 2], [3], []].reduce(function (a, b) { return a.concat(b); }, []).join(), [3, 9, 2].reduce(function (m, v) { return v > m ? v : m; }), ["a", "b", "a"].reduce(function (c, v) { c[v] = (c[v] || 0) + 1; return c; }, {}).a);
console.log(Array.prototype.reduce.call("abc", function (a, b) { return b + a; }), Array.prototype.reduceRight.call({ length: 2, 0: "p", 1: "q" }, add), [1, 2, 3, 4].reduceRight(function (a, b) { return a - b; }));
function compose() { var fs = Array.prototype.slice.call(arguments); return function (x) { return fs.reduceRight(function (v, f) { return f(v); }, x); }; }
console.log(compose(function (x) { return x + 1; }, function (x) { return x * 2; })(5), [0.1, 0.2, 0.3].reduce(add), [1e308, 1e308].reduce(add), [2147483647, 1].reduce(add));
