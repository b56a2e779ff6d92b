// Cases compare strictly, on values of any type.
"use strict";
var o = {}, fn = function () { };
function kind(x) {
    switch (x) {
        case 1: return "number 1";
        case "1": return "string 1";
        case true: return "true";
        case null: return "null";
        case undefined: return "undefined";
        case o: return "the object";
        case fn: return "the function";
        case NaN: return "never: NaN is not itself";
        case 0: return "zero";
        case "": return "empty";
        case 1.5: return "1.5";
        case 2147483648: return "2^31";
        case -1: return "minus one";
        default: return "unknown " + typeof x;
    }
}
var all = [1, "1", true, null, undefined, o, fn, NaN, 0, -0, "", 1.5, 2147483648, -1, false, {}, "01", 4294967295];
for (var i = 0; i < all.length; i++) console.log(kind(all[i]));
console.log(kind("a" + ""), kind(String.fromCharCode(49)), kind(3 / 2), kind(1073741824 * 2), kind(2 - 1));
