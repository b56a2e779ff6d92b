// Substitutions convert to strings with hint string, from left to right.
"use strict";
var log = "";
function v(n) { return { toString: function () { log += "t" + n; return "s" + n; }, valueOf: function () { log += "v" + n; return n; } }; }
console.log(`${v(1)}-${v(2)}`, log);
log = "";
console.log("" + v(1) + v(2), log);
log = "";
function e(n) { log += "e" + n; return v(n); }
console.log(`${e(1)}${e(2)}${e(3)}`, log.indexOf("e1") < log.indexOf("e2"));
try { `${Object.create(null)}`; } catch (x) { console.log(x.name); }
try { `a${(function () { throw "inside"; })()}b`; } catch (x) { console.log(x); }
console.log(`${[v(1), [2, null]]}`, `${function () { return 1; } ? "fn" : ""}`, `${new Error("msg")}`, `${new Number(5)}`);
function table(rows) { return rows.map((r) => `${r.name}:${r.value.toFixed(1)}`).join(`;`); }
console.log(table([{ name: "x", value: 1 }, { name: "y", value: 2.25 }]));
var s = "";
for (let i = 0; i < 5; i++) s = `${s}${i % 2 ? `(${i})` : i}`;
console.log(s);
