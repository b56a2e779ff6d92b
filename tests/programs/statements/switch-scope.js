// A switch has one block scope for all its clauses; let there is in its dead zone until it runs.
"use strict";
function f(x) {
    switch (x) {
        case 0:
            let y = "set";
            return y;
        case 1:
            try { return y; } catch (e) { return e.name; }
        case 2:
            y = "assigned";
            return "unreached";
    }
}
console.log(f(0), f(1));
try { f(2); } catch (e) { console.log(e instanceof ReferenceError); }
let y = "outer";
switch (1) {
    case 1:
        let y = "inner";
        console.log(y);
}
console.log(y);
var makers = [];
for (var i = 0; i < 3; i++) {
    switch (i) {
        default:
            const k = i * 10;
            makers.push(function () { return k; });
    }
}
console.log(makers[0](), makers[1](), makers[2]());
switch (typeof hoisted) { case "function": console.log(hoisted()); }
function hoisted() { return "hoisted"; }
