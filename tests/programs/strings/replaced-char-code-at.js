"use strict";
// A program that replaces a method of strings gets its own.
function first(s) {
    var n = 0;
    for (var i = 0; i < s.length; i++) n += s.charCodeAt(i);
    return n;
}
console.log(first("ab" + 1));
var original = String.prototype.charCodeAt;
String.prototype.charCodeAt = function (i) { return original.call(this, i) + 1000; };
console.log(first("ab" + 1));
String.prototype.charCodeAt = original;
console.log(first("ab" + 1));
