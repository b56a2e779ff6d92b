// toReversed, toSorted, toSpliced, with: the array stays as it is.
"use strict"; var a = [3, 1, 2];
console.log(a.toReversed(), a.toSorted(), a.toSpliced(1, 1, "x", "y"), a.with(0, 9), a);
console.log(a.with(-1, 0), a.toSorted(function (x, y) { return y - x; }));
console.log(a.toSpliced(), a.toSpliced(1), a.toSpliced(-1, 5), a.toSpliced(0, 0, 7));
var holes = [1, , 3];
console.log(holes.toReversed(), holes.toSorted(), holes.toSpliced(0, 1), holes.with(0, 0));
console.log([5, undefined, 1, , "b"].toSorted(), ["b", "a", 10, 9].toSorted());

function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message; }
}
console.log(thrown(function () { return [1].with(5, 0); }));
console.log(thrown(function () { return [1].with(-2, 0); }));
console.log(thrown(function () { return [1].with(Infinity, 0); }));
console.log(thrown(function () { return [].toSorted({}); }));
console.log(thrown(function () { return Array.prototype.toReversed.call(null); }));
console.log(thrown(function () { return Array.prototype.toReversed.call({ length: 4294967296 }); }));
var like = { length: 3, 0: "c", 2: "a" };
console.log(Array.prototype.toReversed.call(like), Array.prototype.toSorted.call(like));
console.log(Array.prototype.toSpliced.call(like, 1, 1), Array.prototype.with.call(like, 1, "b"));
console.log(Array.prototype.toSorted.length, [].with.name, [].toSpliced.length);
var big = [];
for (var i = 0; i < 100; i++) big.push((i * 37) % 101);
console.log(big.toSorted(function (x, y) { return x - y; }).slice(0, 8).join());
