"use strict";
// The same through a key that is not seen.
function first(s) {
    var n = 0;
    for (var i = 0; i < s.length; i++) n += s.charCodeAt(i);
    return n;
}
console.log(first("ab" + 1));
var key = ["char", "Code", "At"].join("");
String.prototype[key] = function (i) { return i; };
console.log(first("ab" + 1));
