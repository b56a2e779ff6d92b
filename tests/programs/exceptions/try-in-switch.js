// switch, try and loops inside one another.
"use strict";
function f(x) {
    var log = "";
    switch (x) {
        case 0:
            try { break; } finally { log += "f0 "; }
        case 1:
            try { throw "t"; } catch (e) { log += e; break; } finally { log += "f1 "; }
            log += "never";
        case 2:
            try { log += "2"; } finally { log += "f2 "; }
        case 3:
            log += "3";
            try { return log; } finally { log += "lost"; }
        default:
            try { switch (x) { case 4: throw "four"; default: break; } log += "d"; }
            catch (e) { log += e; }
    }
    return log + ".";
}
for (var i = 0; i < 6; i++) console.log(i, f(i));
function g(list) {
    var out = [];
    for (var x of list) {
        try {
            switch (x) { case "skip": continue; case "stop": return out.join(); case "throw": throw "T"; default: out.push(x); }
        } catch (e) { out.push(e); } finally { out.push("-"); }
    }
    return out.join() + " end";
}
console.log(g(["a", "skip", "throw", "stop", "z"]));
console.log(g(["a", "b"]));
