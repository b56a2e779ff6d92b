// The default clause is tried last but falls through in its place.
"use strict";
function f(x) {
    var r = "";
    switch (x) {
        case 1: r += "1";
        default: r += "d";
        case 2: r += "2";
            break;
        case 3: r += "3";
    }
    return r;
}
console.log(f(1), f(2), f(3), f(4), f("1"));
function g(x) {
    var r = "";
    switch (x) {
        default: r += "d";
        case 5: r += "5";
        case 6: r += "6";
    }
    return r;
}
console.log(g(0), g(5), g(6));
var order = "";
function probe(tag, value) { order += tag; return value; }
switch (probe("s", 3)) {
    case probe("a", 1): order += "!a";
    default: order += "!d";
    case probe("b", 2): order += "!b"; break;
    case probe("c", 4): order += "!c";
}
console.log(order);
order = "";
switch (probe("s", 2)) {
    default: order += "!d";
    case probe("a", 2): order += "!a"; break;
    case probe("b", 2): order += "!b";
}
console.log(order);
