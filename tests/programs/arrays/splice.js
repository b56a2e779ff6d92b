// splice in all its forms.
"use strict";
function sp(args) { var a = [0, 1, 2, 3, 4], r = a.splice.apply(a, args); return r.join() + "/" + a.join(); }
console.log([[], [2], [2, 1], [1, 2, "a"], [1, 0, "a", "b"], [1, 1, "x", "y", "z"], [-2], [-2, 1], [10, 1, "end"], [-10, 1], [0, -5], [0, 99], [undefined, 2], ["1", "2"], [1.9, 1.9], [2, undefined], [0, 5, "all"], [NaN, 1]].map(sp).join(" ; "));
var a = [];
for (var i = 0; i < 10; i++) a.splice(i >> 1, 0, i);
console.log(a.join());
while (a.length > 1) a.splice(a.length >> 1, 1);
console.log(a.join());
var like = { length: 3, 0: "a", 1: "b", 2: "c" };
console.log(Array.prototype.splice.call(like, 1, 1, "X", "Y").join(), like.length, like[1], like[2], like[3]);
console.log(Array.prototype.splice.call(like, 0, 3).length, like.length, like[0], like[1]);
var b = [1, 2, 3], removed = b.splice(0, b.length);
console.log(b.length, removed.join(), removed !== b, b.splice(0).length, Array.isArray(removed));
function insertSorted(list, x) { var k = 0; while (k < list.length && list[k] < x) k++; list.splice(k, 0, x); return list; }
console.log([5, 2, 8, 1, 9, 3].reduce(insertSorted, []).join());
