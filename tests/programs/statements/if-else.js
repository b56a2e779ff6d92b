// A dangling else belongs to the nearest if; conditions convert to boolean.
"use strict";
function nearest(a, b) {
    if (a) if (b) return "ab"; else return "a";
    return "none";
}
console.log(nearest(1, 1), nearest(1, 0), nearest(0, 1));
var values = [0, -0, NaN, "", "0", " ", null, undefined, [], {}, false, 1e-300, -1];
var line = "";
for (var i = 0; i < values.length; i++) {
    if (values[i]) line += "T"; else line += "f";
}
console.log(line);
function grade(n) {
    if (n < 0) return "negative";
    else if (n === 0) return "zero";
    else if (n < 10) return "small";
    else return "large";
}
console.log(grade(-5), grade(0), grade(9), grade(10), grade(NaN));
if (!values[0] && values[4] || values[2]) console.log("mixed"); else console.log("not");
