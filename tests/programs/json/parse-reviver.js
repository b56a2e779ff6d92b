// The reviver goes from the leaves to the root and may delete or replace.
"use strict";
var log = [];
JSON.parse("{\"a\":[1,2],\"b\":{\"c\":3}}", function (k, v) { log.push(k + ":" + (typeof v === "object" ? "o" : v)); return v; });
console.log(log.join());
function rev(t, f) { return JSON.stringify(JSON.parse(t, f)); }
console.log(rev("[1,2,3]", function (k, v) { return typeof v === "number" ? v * 2 : v; }), rev("{\"a\":1,\"b\":2}", function (k, v) { return k === "a" ? undefined : v; }), rev("{\"x\":{\"y\":1}}", function (k, v) { return k === "x" ? Object.keys(v) : v; }));
console.log(rev("5", function (k, v) { return [k, v]; }), rev("[[1]]", function (k, v) { return Array.isArray(v) ? v.length : v; }), JSON.parse("{}", function () { return undefined; }), rev("[1]", null), rev("[1]", "not a function"));
console.log(rev("{\"n\":{\"m\":2}}", function (k, v) { return k === "m" ? this.m + 1 : v; }), rev("{\"a\":1,\"b\":2}", function (k, v) { if (k === "a") this.b = "changed"; return v; }));
var dates = JSON.parse("[{\"$date\":5},{\"v\":6}]", function (k, v) { return v && v.$date !== undefined ? "date " + v.$date : v; });
console.log(dates[0], dates[1].v);
try { JSON.parse("[1]", function () { throw "reviver"; }); } catch (e) { console.log(e); }
