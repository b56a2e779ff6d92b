// Every way out of a catch clause, through a finally block that ends normally.
"use strict";
function ways(kind) {
    var log = "";
    outer: for (var i = 0; i < 2; i++) {
        log += "i" + i;
        for (var j = 0; j < 2; j++) {
            try {
                throw j;
            } catch (e) {
                log += "c" + e;
                if (kind === "return") return log;
                if (kind === "break") break;
                if (kind === "continue") continue;
                if (kind === "outer break") break outer;
                if (kind === "outer continue") continue outer;
                if (kind === "throw") throw log;
            } finally {
                log += "f";
            }
            log += "e";
        }
        log += "o";
    }
    return log + ".";
}
["normal", "return", "break", "continue", "outer break", "outer continue", "throw"].forEach(function (k) {
    try { console.log(k, ways(k)); } catch (e) { console.log(k, "threw", e); }
});
