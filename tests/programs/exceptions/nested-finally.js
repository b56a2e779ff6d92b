// Several finally blocks run from the inside outwards, each once.
"use strict";
var log;
function jump(how) {
    outer: for (var i = 0; i < 2; i++) {
        try {
            try {
                log += "a";
                for (;;) {
                    try {
                        if (how === 0) break;
                        if (how === 1) continue outer;
                        if (how === 2) break outer;
                        if (how === 3) return "returned";
                        if (how === 4) throw "thrown";
                    } finally { log += "1"; }
                }
                log += "b";
            } finally { log += "2"; }
        } finally { log += "3"; }
        log += "c";
    }
    return "end";
}
for (var h = 0; h < 5; h++) {
    log = "";
    var r;
    try { r = jump(h); } catch (e) { r = "caught " + e; }
    console.log(h, r, log);
}
function deep(n) {
    try { if (n === 0) throw "bottom"; deep(n - 1); } finally { log += n; }
}
log = "";
try { deep(5); } catch (e) { console.log(e, log); }
