// Spread in calls and new expressions.
"use strict";
function show() { return arguments.length + ":" + Array.prototype.join.call(arguments); }
var a = [1, 2], e = [];
console.log(show(...a), show(...e), show(0, ...a, 3), show(...a, ...a), show(...e, ...e), show(...a, ...e, "z"));
console.log(show(..."héy"), show(..."a\u{1F600}b"), show(...""));
var o = { k: 5, m: function (...r) { return this.k + r.length; } };
console.log(o.m(...a), o["m"](...a, 1), new Date2(...a).sum);
function Date2(x, y) { this.sum = x + y; }
console.log(Math.max(...[3, 7, 5], 6), Math.min(...e), String.fromCharCode(...[74, 83]));
var log = "";
function t(x) { log += x; return x; }
show(t("a"), ...[t("b"), t("c")], t("d"));
console.log(log);
var many = [];
for (var i = 0; i < 50; i++) many.push(i);
console.log(show(...many).length, [].concat(...[[1], [2, [3]]]).length);
try { show(...null); } catch (x) { console.log(x.name); }
try { show(...undefined); } catch (x) { console.log(x.name); }
try { show(...5); } catch (x) { console.log(x.name); }
function args() { return show(...arguments); }
console.log(args(9, 8));
var b = [1];
console.log(b.push(...a), b.join(), b.push(...b), b.join());
console.log(((x, y = 10, ...z) => x + y + z.length)(...[1]), ((x, y = 10, ...z) => x + y + z.length)(...[1, 2, 3, 4]));
