// break to labels: of loops, blocks and other statements.
"use strict";
var log = [];
outer: for (var i = 0; i < 4; i++) {
    for (var j = 0; j < 4; j++) {
        if (j === 2) continue outer;
        if (i === 2) break outer;
        log.push("" + i + j);
    }
}
console.log(log.join(), i, j);
block: {
    log = ["in"];
    if (i === 2) break block;
    log.push("never");
}
console.log(log.join());
a: b: c: for (;;) { for (;;) { break b; } }
console.log("left b");
choice: if (i > 0) { if (j > 0) break choice; console.log("not here"); } else console.log("nor here");
var depth = "";
l1: { depth += 1; l2: { depth += 2; l3: { depth += 3; break l2; } depth += "x"; } depth += 4; }
console.log(depth);
sw: switch (3) {
    case 3:
        for (;;) { break sw; }
        console.log("unreached");
}
x: { x2: { break x2; } console.log("after x2"); }
x: while (true) { break x; }
console.log("done");
