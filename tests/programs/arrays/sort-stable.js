// Equal elements keep their order, in short and long arrays.
"use strict";
function test(n, keys) {
    var a = [];
    for (var i = 0; i < n; i++) a.push({ k: (i * 7919 + 13) % keys, i: i });
    a.sort(function (x, y) { return x.k - y.k; });
    for (i = 1; i < n; i++) if (a[i - 1].k > a[i].k || a[i - 1].k === a[i].k && a[i - 1].i > a[i].i) return "bad at " + i;
    return a[0].i + "," + a[n >> 1].i + "," + a[n - 1].i;
}
console.log(test(5, 2), test(12, 3), test(33, 4), test(100, 5), test(200, 1), test(150, 150));
var words = ["delta", "alpha", "echo", "bravo", "charlie", "fox", "go", "hi"];
console.log(words.slice().sort(function (a, b) { return a.length - b.length; }).join(), words.slice().sort().sort(function (a, b) { return a.length - b.length; }).join());
console.log(["B1", "a1", "b2", "A2", "b1"].sort(function (a, b) { var x = a.toLowerCase()[0], y = b.toLowerCase()[0]; return x < y ? -1 : x > y ? 1 : 0; }).join());
var rows = [["x", 2], ["y", 1], ["z", 2], ["w", 1]];
console.log(rows.sort(function (a, b) { return b[1] - a[1]; }).map(function (r) { return r[0]; }).join(""));
var n = [], m;
for (var i = 0; i < 64; i++) n.push((i * 37) % 64);
m = n.slice().sort(function (a, b) { return (a & 7) - (b & 7); });
console.log(m.slice(0, 8).join(), m.slice(-8).join());
