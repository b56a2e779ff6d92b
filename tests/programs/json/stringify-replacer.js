// The second argument: functions and lists of keys.
"use strict";
var v = { a: 1, b: { a: 2, c: "x" }, d: [3, { a: 4, e: 5 }] };
console.log(JSON.stringify(v, ["a", "b"]), JSON.stringify(v, ["d", "a", "a"]), JSON.stringify(v, []), JSON.stringify([{ 1: "x", y: 2 }], [1, new String("y")]), JSON.stringify({ a: 1 }, null), JSON.stringify({ a: 1 }, "a"), JSON.stringify({ a: 1 }, {}));
var log = [];
JSON.stringify(v, function (k, x) { log.push(k + "=" + (typeof x === "object" ? "o" : x)); return x; });
console.log(log.join());
console.log(JSON.stringify(v, function (k, x) { return typeof x === "number" ? x * 10 : x; }), JSON.stringify(v, function (k, x) { return k === "b" ? undefined : x; }), JSON.stringify([1, 2, 3], function (k, x) { return k === "1" ? undefined : x; }));
console.log(JSON.stringify({ a: 1 }, function () { return "all"; }), JSON.stringify({ a: 1 }, function (k, x) { return k === "" ? { z: x } : x; }) === undefined || "deep", JSON.stringify(5, function (k, x) { return [k, x].join("|"); }));
console.log(JSON.stringify({ n: 1, m: 2 }, function (k, x) { return k ? this[k] === x : x; }), JSON.stringify({ t: { toJSON: function () { return "tj"; } } }, function (k, x) { return k === "t" ? x + "!" : x; }), JSON.stringify({ a: function () { } }, function (k, x) { return typeof x === "function" ? "fn" : x; }));
console.log(JSON.stringify({ a: [1, { b: 2 }] }, function (k, x) { return x; }, 1));
