"use strict";
// Loops whose array changes while they run: length, store and kind.
function grow(a, n) { var i; for (i = 0; i < a.length && i < n; i++) a.push(a[i]); return a.length; }
console.log(grow([true, false], 9), grow([1, 2.5, "c"], 10));
function change(a) {
    var i, s = "";
    for (i = 0; i < a.length; i++) {
        if (i === 2) a[4] = "x";
        if (i === 5) a.length = 7;
        s += a[i] + ",";
    }
    return s;
}
console.log(change([true, false, true, true, false, true, true, true, false]));
console.log(change([0, 1, 2, 3, 4, 5, 6, 7, 8]));
function alias(a, b) {
    var i, n = 0;
    for (i = 0; i < 6; i++) { b.push(i); if (a[i] === i) n++; a[i] = -i; if (b[i] === -i) n++; }
    return n + " " + a.length;
}
var one = [];
console.log(alias(one, one), alias([], []), alias([0, 1], one));
function clear(a) {
    var i, n = 0;
    for (i = 0; i < 10; i++) { if (a[i]) n++; if (i === 4) a.length = 0; if (i === 6) a.push(true, 1, 2, 3, 4, 5, 6, 7, 8); }
    return n;
}
console.log(clear([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]), clear([true, true, true, true, true, true, true, true]));
function make(n) { var a = [], i; for (i = 0; i < n; i++) a.push({ v: i, s: "s" + i }); return a; }
function total(a) { var i, t = 0; for (i = 0; i < a.length; i++) { a[i] = { v: a[i].v + 1 }; t += a[i].v; } return t; }
var objects = make(40);
console.log(total(objects), total(objects), objects[39].v);
function any(o, k) { return o[k]; }
console.log(any([true, 1], 0), any("abc", 1), any({ 0: "zero" }, 0), any([], 0), any("abc", 9), any([5], "length"));
function put(o, k, v) { o[k] = v; return o; }
console.log(put([], 0, true), put({}, 1, 2), put([1, 2], 2, null), put([true], 0, -0), Object.is(put([true], 0, -0)[0], -0));
function swap(a, i, j) { var t = a[i]; a[i] = a[j]; a[j] = t; }
var mixed = [true, 2, "three", null, 5.5, undefined, NaN];
for (var i = 0, j = 6; i < j; i++, j--) swap(mixed, i, j);
console.log(mixed);


var log = { push: function (x) { return "pushed " + x; } };
console.log(log.push(3), [log, [1]].map(function (o) { return o.push(4); }));
try { undefined.push(1); } catch (e) { console.log(e.message); }
try { var noPush = {}; noPush.push(1); } catch (e) { console.log(e.message); }
