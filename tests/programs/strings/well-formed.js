// isWellFormed, toWellFormed, String.raw as a function.
"use strict"; var lone = "a\ud800b";
console.log("abc".isWellFormed(), "\u00e9\ud83d\ude00".isWellFormed(), lone.isWellFormed(), "\udc00".isWellFormed());
console.log(lone.toWellFormed() === "a\ufffdb", "\udc00\ud800".toWellFormed() === "\ufffd\ufffd", "ok".toWellFormed());
console.log("\ud83d\ude00".toWellFormed() === "\ud83d\ude00", "\u0905\ud7ff\ue000".isWellFormed());
console.log(String.raw({ raw: ["a", "b", "c"] }, 1, 2, 3), String.raw({ raw: "xyz" }, 0), String.raw({ raw: [] }, 1));
console.log(String.raw({ raw: { length: 2, 0: "q", 1: "r" } }, "-"), String.raw.length);
try { String.raw({}); } catch (e) { console.log(e.name + ": " + e.message); }
