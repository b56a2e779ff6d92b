// for-of with closures, try/finally and nested loops.
"use strict";
var log = [];
function run(how) {
    for (const x of [1, 2, 3]) {
        try {
            if (x === 2) { if (how === "break") break; if (how === "continue") continue; if (how === "return") return "r"; if (how === "throw") throw "t"; }
            log.push(x);
        } finally { log.push("f"); }
    }
    return "e";
}
["none", "break", "continue", "return", "throw"].forEach(function (how) {
    log = [];
    var r;
    try { r = run(how); } catch (e) { r = e; }
    console.log(how, r, log.join(""));
});
var fs = [];
for (const a of [1, 2]) for (let b of "xy") fs.push(() => a + b);
console.log(fs.map(f => f()).join());
var sum = 0, rows = [[1, 2], [], [3]];
for (const row of rows) for (const v of row) sum += v;
console.log(sum);
let x = "outer";
for (let x of [x2()]) console.log(x);
function x2() { return "inner from " + typeof log; }
console.log(x);
for (let i of [0, 1]) { let i2 = i; { let i = "shadow"; console.log(i, i2); } }
