// A finally block that completes abruptly replaces what the block did.
"use strict";
function ways(tryDoes, finallyDoes) {
    for (var n = 0; n < 2; n++) {
        try {
            if (tryDoes === "return") return "try";
            if (tryDoes === "throw") throw "try";
            if (tryDoes === "break") break;
            if (tryDoes === "continue") continue;
        } finally {
            if (finallyDoes === "return") return "finally";
            if (finallyDoes === "throw") throw "finally";
            if (finallyDoes === "break") break;
            if (finallyDoes === "continue") continue;
        }
        n += 10;
    }
    return "end " + n;
}
var kinds = ["normal", "return", "throw", "break", "continue"];
kinds.forEach(function (t) {
    var line = t + ":";
    kinds.forEach(function (f) {
        var r;
        try { r = ways(t, f); } catch (e) { r = "threw " + e; }
        line += " " + f + "=" + r + ";";
    });
    console.log(line);
});
