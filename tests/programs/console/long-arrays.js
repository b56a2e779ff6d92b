// More than 100 elements; long strings; wide rows.
"use strict";
var a = [];
for (var i = 0; i < 105; i++) a.push(i);
console.log(a);
a.length = 101;
console.log(a);
a.length = 100;
console.log(a);
console.log(a.slice(0, 27).map(function (x) { return x * 1000; }));
var words = [];
for (i = 0; i < 20; i++) words.push("word" + i);
console.log(words);
console.log({ list: a.slice(0, 12), name: "x" });
var objs = [];
for (i = 0; i < 8; i++) objs.push({ i: i });
console.log(objs);
console.log([a.slice(0, 3), a.slice(0, 3), a.slice(0, 3), a.slice(0, 3), a.slice(0, 3), a.slice(0, 3), a.slice(0, 3)]);
