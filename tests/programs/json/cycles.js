// Cycles are a TypeError; shared objects are not cycles.
"use strict";
function kind(v, r) { try { return JSON.stringify(v, r); } catch (e) { return e.name; } }
var a = {}; a.self = a;
var b = []; b.push([b]);
var c = { l: [{}] }; c.l[0].up = c;
var shared = { n: 1 };
console.log(kind(a), kind(b), kind(c), kind([shared, shared, { s: shared }]));
console.log(kind(a, function (k, v) { return k === "self" ? "cut" : v; }), kind({ x: a.self, toJSON: function () { return 1; } }), kind({ toJSON: function () { return a; } }));
var deep = [], top = deep;
for (var i = 0; i < 12; i++) { var n = []; deep.push(n); deep = n; }
console.log(kind(top), kind(top).length);
deep.push(top);
console.log(kind(top));
deep.pop();
console.log(kind(top).length);
try { JSON.stringify({ get x() { throw new RangeError("getter"); } }); } catch (e) { console.log(e.name, e.message); }
delete a.self;
console.log(kind(a), kind({ a: a, b: [a, a] }));
