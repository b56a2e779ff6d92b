// Six sorting algorithms agree.
"use strict";
function rng(s) { return function () { s = (s * 1103515245 + 12345) % 2147483648; return s % 1000; }; }
function bubble(a) { for (var n = a.length, i, j, t; n > 1; n--) for (j = 1; j < n; j++) if (a[j - 1] > a[j]) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t; } return a; }
function insertion(a) { for (var i = 1; i < a.length; i++) { var v = a[i], j = i - 1; while (j >= 0 && a[j] > v) { a[j + 1] = a[j]; j--; } a[j + 1] = v; } return a; }
function quick(a) { if (a.length < 2) return a; var p = a[0], l = [], r = []; for (var i = 1; i < a.length; i++) (a[i] < p ? l : r).push(a[i]); return quick(l).concat([p], quick(r)); }
function merge(a) { if (a.length < 2) return a; var m = a.length >> 1, l = merge(a.slice(0, m)), r = merge(a.slice(m)), o = [], i = 0, j = 0; while (i < l.length && j < r.length) o.push(l[i] <= r[j] ? l[i++] : r[j++]); return o.concat(l.slice(i), r.slice(j)); }
function heap(a) { function down(i, n) { for (;;) { var c = 2 * i + 1, t; if (c >= n) return; if (c + 1 < n && a[c + 1] > a[c]) c++; if (a[i] >= a[c]) return; t = a[i]; a[i] = a[c]; a[c] = t; i = c; } } for (var k = a.length >> 1; k >= 0; k--) down(k, a.length); for (var n = a.length - 1; n > 0; n--) { var t = a[0]; a[0] = a[n]; a[n] = t; down(0, n); } return a; }
function shell(a) { for (var g = a.length >> 1; g > 0; g >>= 1) for (var i = g; i < a.length; i++) { var v = a[i], j = i; for (; j >= g && a[j - g] > v; j -= g) a[j] = a[j - g]; a[j] = v; } return a; }
var r = rng(1), data = [];
for (var i = 0; i < 60; i++) data.push(r());
var want = data.slice().sort(function (a, b) { return a - b; }).join();
console.log(want);
[bubble, insertion, quick, merge, heap, shell].forEach(function (f) { console.log(f.name, f(data.slice()).join() === want); });
