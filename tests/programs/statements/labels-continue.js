// continue with a label runs the update of the labelled loop only.
"use strict";
var log = "";
outer: for (var i = 0; i < 3; i++) {
    var j = 0;
    while (true) {
        j++;
        if (j > i) continue outer;
        log += i + "" + j + " ";
    }
}
console.log(log);
log = "";
var n = 0;
again: do {
    n++;
    for (var k = 0; ; k++) {
        if (k === n) continue again;
        log += k;
    }
} while (n < 4);
console.log(log, n);
log = "";
top: for (var p in { a: 1, b: 2, c: 3 }) {
    for (var q of [1, 2]) {
        if (p === "b") continue top;
        log += p + q;
    }
}
console.log(log);
log = "";
primes: for (var c = 2; c < 40; c++) {
    for (var d = 2; d * d <= c; d++) if (c % d === 0) continue primes;
    log += c + " ";
}
console.log(log);
