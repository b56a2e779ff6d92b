// Array as a function and constructor, isArray.
"use strict";
console.log(Array(1, 2).join(), new Array().length, Array("3").length, new Array("a", "b")[1], Array(0).length, new Array([1, 2]).length, Array(true)[0], Array.length, Array.name);
[-1, 1.5, NaN, 4294967296].forEach(function (n) { try { console.log(new Array(n).length); } catch (e) { console.log(e.name); } });
console.log(Array.isArray([]), Array.isArray({ length: 0 }), Array.isArray("a"), Array.isArray(), Array.isArray(Array.prototype), Array.isArray(new Array(1, 2)), (function () { return Array.isArray(arguments); })());
console.log([] instanceof Array, [].constructor === Array, Object.prototype.toString.call([]), typeof [], Array.prototype.length);
function Sub() { }
Sub.prototype = [];
var s = new Sub();
s.push(1, 2);
console.log(s.length, s[1], s instanceof Array, Array.isArray(s), Array.prototype.join.call(s, "+"));
console.log([1, 2].toString(), [].toString() === "", [[1, [2]], 3].toString(), [1, 2] == "1,2", [] == "", [0] == false, ![]);
var a = [1, 2, 3], b = a;
b.push(4);
console.log(a.length, a === b, [1] === [1], a.slice() === a, a.concat().join());
