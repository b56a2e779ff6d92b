// Fall through, break, return, a switch in a loop with continue.
"use strict";
function f(x) {
    var r = "";
    switch (x) {
        case 1: r += "one ";
        case 2: r += "two "; break;
        case 3: { r += "three "; }
        case 4: return r + "ret";
        default: r += "default ";
    }
    return r + "end";
}
for (var i = 0; i < 6; i++) console.log(i, f(i));
var log = "";
for (i = 0; i < 5; i++) {
    switch (i) {
        case 1: continue;
        case 3: log += "[3]";
        default: log += i;
    }
}
console.log(log);
switch (log) { }
switch (log) { default: }
switch (1) { case 0: console.log("no"); }
function nested(a, b) {
    switch (a) {
        case 0:
            switch (b) { case 0: return "00"; case 1: break; default: return "0x"; }
            return "01";
        default:
            return "other";
    }
}
console.log(nested(0, 0), nested(0, 1), nested(0, 2), nested(1, 0));
