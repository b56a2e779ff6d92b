// Handlers inside loops do not pile up; loops inside handlers work.
"use strict";
function f(n) {
    var sum = 0;
    for (var i = 0; i < n; i++) {
        try {
            if (i % 4 === 0) continue;
            if (i % 4 === 1) throw i;
            sum += i;
        } catch (e) {
            sum -= e;
        } finally {
            sum += 1000;
        }
    }
    return sum;
}
console.log(f(10), f(1000));
function g() {
    try { throw [1, 2, 3]; } catch (list) {
        var s = "";
        for (var x of list) { if (x === 2) continue; s += x; }
        while (true) { s += "!"; break; }
        return s;
    }
}
console.log(g());
var i = 0;
while (true) {
    try { if (++i < 5) continue; break; } finally { i += 10; }
}
console.log(i);
do { try { throw 0; } catch (e) { i++; } } while (i < 20);
console.log(i);
outer: for (var k in { a: 1, b: 2 }) {
    for (var v of "xy") {
        try { if (v === "y") continue outer; } finally { console.log(k + v); }
    }
}
