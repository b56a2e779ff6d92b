// heap: 48k
// Library functions that allocate while they call back.
"use strict";
var data = [];
for (var i = 0; i < 25; i++) data.push({ id: (i * 7) % 25, name: "n" + i, tags: ["a" + i, "b"] });
var text = "", n = 0;
for (i = 0; i < 8; i++) { text = JSON.stringify(data); data = JSON.parse(text); n += text.length; }
console.log(n, data[24].name, data[3].tags[0]);
data.sort(function (a, b) { return JSON.stringify([a.id]) < JSON.stringify([b.id]) ? -1 : 1; });
console.log(data.slice(0, 4).map(function (d) { return d.id; }).join());
data.sort(function (a, b) { var x = { k: a.id }, y = { k: b.id }; return x.k - y.k; });
console.log(data.map(function (d) { return d.id; }).join() === data.map(function (d, i) { return i; }).join());
for (i = 0, n = 0; i < 20; i++) n += data.map(function (d) { return { t: d.name + i }; }).reduce(function (s, x) { return s + x.t.length; }, 0);
console.log(n);
var replaced = JSON.stringify(data[0], function (k, v) { return typeof v === "string" ? v + v : v; });
console.log(replaced, "a-b".replace("-", function () { return [1, 2, 3].join(""); }));
