// WeakMap, WeakSet: what lives on, and what a program sees.
// heap: 32k
"use strict"; var w = new WeakMap(), kept = [];
for (var round = 0; round < 60; round++) {
    for (var i = 0; i < 20; i++) {
        var key = { n: i };
        w.set(key, { value: new Array(20).fill(round), back: key, map: w });
        if (round === 7) kept.push(key);
    }
}
console.log(kept.every(function (k, i) { return w.get(k).value[0] === 7 && w.get(k).back === k && k.n === i; }));
console.log(w.has({}), w.delete(kept[0]), w.has(kept[0]), w.has(kept[1]), w.get(1), w.has("x"), w.delete(5));
// A chain: each value is the key of the next entry.
var head = {}, at = head, w2 = new WeakMap();
for (i = 0; i < 50; i++) { var next = { i: i }; (i % 2 ? w : w2).set(at, next); at = next; }
for (i = 0; i < 400; i++) new Array(50).fill(i);
var count = 0;
for (at = head; at; at = w.get(at) || w2.get(at)) count++;
console.log(count);
var ws = new WeakSet([head]);
console.log(ws.has(head), ws.has({}), ws.add(kept[1]) === ws, ws.has(kept[1]), ws.delete(head), ws.has(head));
function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message; }
}
console.log(thrown(function () { return w.set(1, 2); }));
console.log(thrown(function () { return ws.add("s"); }));
console.log(thrown(function () { return new WeakSet([1]); }));
console.log(thrown(function () { return WeakMap(); }));
console.log(thrown(function () { return WeakMap.prototype.get.call(new Map(), {}); }));
var fn = function () {};
console.log(w.set(fn, 1).get(fn), w.set(console, 2).get(console), new WeakMap([[fn, "x"]]).get(fn), WeakMap.prototype.set.length);
