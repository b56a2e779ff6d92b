// Properties of the global object: setting, getting, deleting, enumerating; names that they make known.
"use strict";
var g = globalThis;
console.log(typeof g, g === globalThis, g.globalThis === g, g.Math === Math, g.Array === Array);
console.log("Array" in g, "parseInt" in g, "absent" in g, g.absent, typeof absent);
try { absent; } catch (e) { console.log(e.name + ": " + e.message); }
try { absent = 1; } catch (e) { console.log(e.name + ": " + e.message); }
g.added = 1;
g["other" + 2] = "two";
console.log(added, typeof added, other2, "added" in g, g.hasOwnProperty("other2"));
added = added + 41;
console.log(g.added, added);
console.log(Object.keys(g).filter(function (key) { return key === "added" || key === "other2" || key === "Math"; }).join());
var seen = [];
for (var key in g) if (key === "added" || key === "other2") seen.push(key);
console.log(seen.join());
console.log(delete g.added, "added" in g, typeof added);
try { added; } catch (e) { console.log(e.name + ": " + e.message); }
var keep = parseInt;
g.parseInt = function (text) { return "mine " + text; };
console.log(parseInt("12"), keep("12"));
g.parseInt = keep;
console.log(parseInt("13"), g.isNaN(NaN), isFinite(1 / 0));
console.log(delete g.isFinite, typeof isFinite, "isFinite" in g);
["NaN", "undefined", "Infinity"].forEach(function (name) {
  try { g[name] = 1; console.log("no error"); } catch (e) { console.log(e.name + ": " + name); }
});
console.log(g.NaN, g.undefined, g.Infinity);
Object.defineProperty(g, "fixed", { value: 7 });
try { g.fixed = 8; } catch (e) { console.log(e.name + ": " + e.message); }
console.log(fixed, Object.keys(g).indexOf("fixed"));
Object.defineProperty(g, "computed", { get: function () { return this === g; }, configurable: true });
console.log(computed, Object.prototype.toString.call(g));
(function () { console.log(this === undefined, (() => this)() === undefined); })();
