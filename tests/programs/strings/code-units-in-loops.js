"use strict";
// Loops over strings whose length and code units need no look-up: flat and rope, ASCII and not, short and long.
function sum(s) {
    var h = 7;
    for (var i = 0; i < s.length; i++) h = (h * 31 + s.charCodeAt(i)) & 0xffffff;
    return h;
}
function backwards(s) {
    var h = 0;
    for (var i = s.length - 1; i >= 0; i--) h = (h * 33 + s.charCodeAt(i)) % 65521;
    return h;
}
function beyond(s) {
    var out = "";
    for (var i = 0; i <= s.length; i++) out += s.charCodeAt(i) + " ";
    return out + s.charCodeAt(-1);
}
function replaced(s, n) {
    // The string changes while the index goes on: what was below the length need not be any more.
    var out = 0;
    for (var i = 0; i < s.length; i++) {
        if (i === 3) s = "ab";
        out += s.charCodeAt(i) === s.charCodeAt(i) ? 1 : 100;
    }
    return out + n;
}
function inTry(s) {
    var n = 0;
    try {
        for (var i = 0; i < s.length; i++) n += s.charCodeAt(i);
        if (n > 1000) throw n;
    } catch (e) {
        return "caught " + e + " " + s.length;
    }
    return "plain " + n;
}
var ascii = "", wide = "", astral = "";
for (var i = 0; i < 50; i++) {
    ascii += "item " + i + ";";
    wide += "ä" + i;
    astral += "x😀";
}
var all = ["", "a", "abc", "abcd", "äöü", "\ud83d", "a\u0000b", "😀", ascii, wide, astral, "k" + ascii, wide + astral];
for (var k = 0; k < all.length; k++) {
    var s = "" + all[k];
    console.log(s.length, sum(s), backwards(s), inTry(s));
}
console.log(beyond("héy"), beyond(""), replaced("abcdefgh", 5), replaced("", 1));
console.log(sum(ascii + ascii) === sum((ascii + ascii).slice(0)), typeof sum("" + 12345678));
