// lastIndex, flags, sticky, indices, and the console.
"use strict"; var g = /a(b)?/g, s = "ab a ab";
var m;
while ((m = g.exec(s))) console.log(m.index, g.lastIndex, m[0], m[1], m.input === s, m.groups, m.length);
console.log(g.lastIndex, g.test(s), g.lastIndex, g.flags, g.source, String(g));
g.lastIndex = 50; console.log(g.exec(s), g.lastIndex);
var y = /b/y; console.log(y.test("ab"), y.lastIndex); y.lastIndex = 1; console.log(y.test("ab"), y.lastIndex, y.test("ab"));
var d = /(?<w>b)(c)?/d.exec("abd"); console.log(d.indices[0], d.indices[1], d.indices[2], d.indices.groups.w);
console.log(/x/dgimsuy.flags, [/x/.global, /x/g.global, /x/i.ignoreCase, /x/m.multiline, /x/s.dotAll, /x/u.unicode, /x/y.sticky, /x/d.hasIndices]);
console.log(/a\/b[/]\n/g, [/x/, /y/i], { r: /z/ }, new RegExp("a/b\n", "g"), new RegExp(""), RegExp("[/]\\/"));
var r = /q/; r.extra = 1; console.log(r, Object.keys(r), Object.getOwnPropertyNames(r), r instanceof RegExp, typeof r);
console.log(Object.prototype.toString.call(r), r.constructor === RegExp, RegExp(r) === r, new RegExp(r) === r, new RegExp(r, "g").flags, RegExp(r, "i").source);
console.log(Object.getOwnPropertyDescriptor(r, "lastIndex"), RegExp.length, RegExp.name, RegExp.prototype.exec.length);
console.log(RegExp.prototype.source, RegExp.prototype.flags, RegExp.prototype.global, RegExp.prototype.toString.call({ source: "s", flags: "f" }));
console.log(/a(b)?(?<n>c)/.exec("xac"));
for (var i = 0, all = []; i < 2; i++) all.push(/x/g);
console.log(all[0] === all[1], new RegExp("\\d+").exec("a12")[0], new RegExp("a|b", "g").exec("cab").index, new RegExp(undefined).source, new RegExp("x", undefined).flags);
function thrown(f) { try { return f(); } catch (e) { return e.name + ": " + e.message; } }
["(", ")", "[", "a**", "*", "a{2,1}", "[b-a]", "\\", "(?<a", "(?<a>x)(?<a>y)", "(?<1>x)", "\\k<a>(?<b>x)", "(?a)", "(?<=a", "(?<a>x)\\k"].forEach(function (p) {
    console.log(thrown(function () { return new RegExp(p); }));
});
["{", "a{1", "\\u{110000}", "\\-", "[\\d-z]", "}", "]", "\\1", "(?=a)*", "\\c", "\\00", "\\u{}"].forEach(function (p) {
    console.log(thrown(function () { return new RegExp(p, "u"); }));
});
console.log(thrown(function () { return new RegExp("a", "gg"); }), thrown(function () { return new RegExp("(", "gi"); }));
console.log(thrown(function () { return RegExp.prototype.exec.call({}, ""); }));
console.log(thrown(function () { return Object.getOwnPropertyDescriptor(RegExp.prototype, "global").get.call({}); }));
console.log(thrown(function () { return "x".startsWith(/x/); }), thrown(function () { return "a".replaceAll(/a/, ""); }), thrown(function () { return "a".matchAll(/a/); }));
var frozen = Object.freeze(/a/g); console.log(thrown(function () { return frozen.test("a"); }));
