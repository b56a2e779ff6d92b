// heap: 32k
// Objects with many properties, added and removed in several orders.
"use strict";
var o = {};
for (var i = 0; i < 120; i++) o["p" + (i * 7 % 120)] = i;
var sum = 0;
for (var k in o) sum += o[k];
console.log(Object.keys(o).length, sum, o.p0, o.p119, o.p60);
for (i = 0; i < 120; i++) if (i % 3) delete o["p" + i];
console.log(Object.keys(o).length, Object.keys(o).slice(0, 5).join());
for (i = 0; i < 40; i++) o["q" + i] = i;
console.log(Object.keys(o).length, o.q39, o.p3, o.p4);
var objs = [];
for (i = 0; i < 20; i++) {
    var x = {};
    if (i & 1) { x.a = i; x.b = 1; } else { x.b = 2; x.a = i; }
    if (i & 2) x.c = 3;
    if (i & 4) delete x.a;
    objs.push(x);
}
console.log(objs.map(function (x) { return Object.keys(x).join(""); }).join());
console.log(objs.reduce(function (s, x) { return s + (x.a || 0) + x.b + (x.c || 0); }, 0));
function dict(words) { var d = Object.create(null); words.split(" ").forEach(function (w) { d[w] = (d[w] || 0) + 1; }); return d; }
var d = dict("to be or not to be constructor toString to");
console.log(Object.keys(d).map(function (w) { return w + d[w]; }).join());
