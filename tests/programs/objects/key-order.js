// Own keys: integer keys ascending, then strings in order of creation.
"use strict";
var o = { z: 1, 10: "a", b: 2, 2: "b", "-1": "c", 1: "d", "01": "e", a: 3, "4294967294": "f", "1.5": "g" };
console.log(Object.keys(o).join());
o.c = 4; o[0] = "first"; o.b = "updated"; delete o.z; o.z = "again";
console.log(Object.keys(o).join());
var names = [];
for (var k in o) names.push(k);
console.log(names.join() === Object.keys(o).join(), Object.getOwnPropertyNames(o).join() === names.join());
console.log(JSON.stringify({ b: 1, 1: 2, a: 3, 0: 4 }));
var built = {};
["x", "5", "y", "3", "w", "1"].forEach(function (key, i) { built[key] = i; });
console.log(Object.keys(built).join(), Object.keys(built).map(function (key) { return built[key]; }).join());
var arr = ["p", "q"];
arr.extra = 1; arr.also = 2;
console.log(Object.keys(arr).join(), Object.getOwnPropertyNames(arr).join());
console.log(Object.keys("hi").join(), Object.getOwnPropertyNames("hi").join());
var defined = {};
Object.defineProperty(defined, "late", { value: 1, enumerable: true });
Object.defineProperty(defined, "7", { value: 2, enumerable: true });
defined.end = 3;
console.log(Object.keys(defined).join());
function Point() { this.y = 1; this.x = 2; this[0] = 3; }
console.log(Object.keys(new Point()).join());
