// Dense and sparse integer cases, negative ones, and values near them.
"use strict";
function dense(n) {
    switch (n) {
        case 0: return "a"; case 1: return "b"; case 2: return "c"; case 3: return "d";
        case 4: return "e"; case 5: return "f"; case 6: return "g"; case 7: return "h";
    }
    return "-";
}
function sparse(n) {
    switch (n) {
        case -1000000: return "A"; case -1: return "B"; case 0: return "C";
        case 1000: return "D"; case 1073741823: return "E"; case 1073741824: return "F";
        case 2147483647: return "G"; case -2147483648: return "H"; case 4294967296: return "I";
    }
    return "-";
}
var line = "";
for (var i = -2; i < 10; i++) line += dense(i);
console.log(line, dense(0.5), dense(-0), dense("3"), dense(3.0), dense(NaN), dense(7.000001));
var probes = [-1000000, -1, 0, 1000, 1073741823, 1073741824, 2147483647, -2147483648, 4294967296, 1, -2, 1e9];
console.log(probes.map(sparse).join(""));
function words(s) {
    switch (s) { case "if": return 1; case "else": return 2; case "elsewhere": return 3; case "": return 4; }
    return 0;
}
console.log(words("if"), words("el" + "se"), words("elsewhere"), words(""), words("i"), words("iff"));
