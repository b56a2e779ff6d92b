// while and do-while: the condition's place, continue goes to the condition.
"use strict";
var n = 0, log = "";
while (n < 3) log += n++;
do log += n--; while (n > 1);
console.log(log, n);
n = 0;
log = "";
do {
    n++;
    if (n % 2) continue;
    log += n;
} while (n < 9);
console.log(log, n);
n = 10;
while (true) {
    if (--n === 4) break;
    if (n & 1) continue;
    log += "," + n;
}
console.log(log);
var calls = 0;
function condition() { calls++; return calls < 5; }
while (condition()) { }
console.log(calls);
do { calls = -1; continue; } while (false);
console.log(calls);
var s = "abc", rev = "";
while (s) { rev = s.charAt(0) + rev; s = s.slice(1); }
console.log(rev);
