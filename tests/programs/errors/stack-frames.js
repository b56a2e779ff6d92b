// The stack names the functions that were active, innermost first, with line and column.
"use strict";
function thrower() { throw new TypeError("with stack"); }
function caller(x) { var o = { method: function () { thrower(); } }; o.method(); return x; }
function outer() { return [1].map(function visit(v) { return caller(v) + 1; }); }
function recurse(n) { if (n === 0) return new Error("deep"); return recurse(n - 1); }

// Function and position of the first `count` frames; how files and receivers are named is left to the engine.
function frames(e, count) {
    var found = [];
    var lines = e.stack.split("\n").filter(function (line) { return line.indexOf("    at ") === 0; });
    for (var i = 0; i < lines.length && found.length < count; i++) {
        if (lines[i].indexOf("Array.") >= 0 || lines[i].indexOf("<anonymous>)") >= 0) continue;
        var words = lines[i].split(" (");
        var place = words[words.length - 1].split(" ").pop().split(":");
        var name = words.length > 1 ? words[0].slice(7).split(".") : ["-"];
        found.push(name[name.length - 1] + " " + parseInt(place[place.length - 2]) + ":" + parseInt(place[place.length - 1]));
    }
    return found.join(", ");
}

try { outer(); } catch (e) { console.log(frames(e, 5)); }
console.log(frames(recurse(3), 4));
console.log(recurse(30).stack.split("\n").length);
function read(o) { return o.a.b; }
function call(o) { return o.a() + 1; }
function add(a, b) { return a + b; }
[read, call].forEach(function (f) {
    try { f({}); } catch (e) { console.log(e.name, frames(e, 1)); }
});
var hostile = { valueOf: function hit() { throw new RangeError("value"); } };
try { add(1, hostile); } catch (e) { console.log(e.stack.indexOf("hit") > 0, e.stack.indexOf("add") > 0); }
try { [2, 1].sort(function compare() { throw new Error("sort"); }); } catch (e) { console.log(frames(e, 1)); }
for (var i = 0; i < 2; i++) {
    var late = null;
    try { late = new Error("made here"); throw late; } catch (e) { console.log(e === late, frames(e, 1).split(" ")[1]); }
}
function forever(n) { return forever(n + 1) + 1; }
try { forever(0); } catch (e) { console.log(e.message, frames(e, 3).split(" ")[2]); }
