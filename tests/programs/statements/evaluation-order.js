// Operands, arguments, keys and assignments are evaluated from left to right.
"use strict";
var log = [];
function t(tag, value) { log.push(tag); return value; }
function show() { var s = log.join(""); log = []; return s; }
t("a", 1) + t("b", 2) * t("c", 3);
console.log(show());
var o = { m: function () { log.push("m"); return this; }, p: 1 };
t("o", o)[t("k", "m")](t("x"), t("y"));
console.log(show());
t("o", o)[t("k", "p")] = t("v", 5);
console.log(show(), o.p);
t("o", o)[t("k", "p")] += t("v", 5);
console.log(show(), o.p);
var made = { a: t("1"), b: [t("2"), t("3")], c: t("4") };
console.log(show(), made.b.length);
var a = [10, 20, 30], i = 0;
a[i++] = a[i++] + i;
console.log(a.join(), i);
i = 1;
i = i++ + ++i * i--;
console.log(i);
var x = 1;
x += (x = 10, 5);
console.log(x);
var f = function () { return "old"; };
console.log((t("f", f))(f = null), show());
try { null[t("key")]; } catch (e) { console.log(e.name, show()); }
try { undefined.f(t("arg")); } catch (e) { console.log(e.name, show()); }
try { (void 0)(t("arg")); } catch (e) { console.log(e.name, show()); }
console.log(t("l", 2) < t("r", 1), t("l", 2) > t("r", 1), show());
