"use strict";
// heap: 6k
// An array that leaves no room for a copy is sorted in place, as stably.
function fill(n) {
    var a = [], seed = 7, i;
    for (i = 0; i < n; i++) { seed = (seed * 1103 + 12345) & 0xffff; a.push((seed & 0x3f0) * 1024 + i); }
    return a;
}
function check(a) {
    var i;
    for (i = 1; i < a.length; i++) if (a[i - 1] > a[i]) return "wrong at " + i;
    return "sorted " + a.length + " " + a[0] + " " + a[a.length - 1];
}
var a = fill(700);
// Equal for the comparator where the upper bits are: stability orders the rest.
a.sort(function (p, q) { return (p >> 14) - (q >> 14); });
console.log(check(a));
var calls = 0;
try {
    a.sort(function (p, q) { if (++calls === 100) throw new Error("stop"); return q - p; });
} catch (e) { console.log(e.message); }
a.sort(function (p, q) { return p - q; });
console.log(check(a));
a[350] = undefined;
a.sort(function (p, q) { return q - p; });
console.log(a.length, a[0] > a[1], a[699], a[698] < a[697]);
