// Rethrowing, replacing and counting through several frames.
"use strict";
var log = [];
function level(n) {
    try {
        if (n === 0) throw new Error("deep");
        level(n - 1);
    } catch (e) {
        log.push(n);
        if (n === 2) throw new RangeError("from " + e.message);
        throw e;
    }
}
try { level(4); } catch (e) { console.log(e.name, e.message, log.join()); }
var same;
try {
    try { throw same = { n: 1 }; } catch (e) { e.n++; throw e; }
} catch (e2) { console.log(e2 === same, e2.n); }
function cleanup(fail) {
    var state = "open";
    try {
        if (fail) throw "failed";
        state += " used";
    } catch (e) {
        state += " " + e;
    } finally {
        state += " closed";
    }
    return state;
}
console.log(cleanup(false), "|", cleanup(true));
function count() {
    var n = 0;
    for (var i = 0; i < 100; i++) { try { if (i % 3 === 0) throw i; } catch (e) { n += e; } }
    return n;
}
console.log(count());
