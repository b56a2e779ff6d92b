// An exception from a finally block replaces the one on its way.
"use strict";
var log = "";
function f() {
    try { throw "first"; } finally { log += "a"; throw "second"; }
}
try { f(); } catch (e) { console.log(e, log); }
function g() {
    try { return "value"; } finally { throw "instead of a value"; }
}
try { g(); } catch (e) { console.log(e); }
function h() {
    try {
        try { throw "one"; } catch (e) { log += e; throw "two"; } finally { log += "|"; throw "three"; }
    } catch (e) { return e; }
}
console.log(h(), log);
function k() {
    try { throw "kept"; } finally {
        try { throw "handled inside"; } catch (e) { log = e; }
    }
}
try { k(); } catch (e) { console.log(e, log); }
function m() {
    try { return "kept value"; } finally {
        for (var i = 0; i < 3; i++) { try { if (i === 1) continue; log = "loop" + i; } finally { if (i === 2) break; } }
    }
}
console.log(m(), log);
function callFinally() { try { return 1; } finally { (function () { return 2; })(); } }
console.log(callFinally());
