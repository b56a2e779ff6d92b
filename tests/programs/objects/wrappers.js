// Wrapper objects of primitives.
"use strict";
var n = new Number(5), s = new String("str"), b = new Boolean(false);
console.log(typeof n, typeof s, typeof b, n + 1, s + "!", b ? "object is true" : "no");
console.log(n == 5, n === 5, n == new Number(5), s == "str", s === "str", b == false, !b);
console.log(s.length, s[1], s.charAt(2), Object.keys(s).join(), n.toFixed(2), b.toString(), n.valueOf() === 5);
s.extra = "yes"; n.p = 1;
console.log(s.extra, n.p, "lost".length);
try { s[0] = "X"; } catch (e) { console.log(e.name); }
try { s.length = 1; } catch (e) { console.log(e.name); }
s[5] = "beyond";
console.log(s[5], s + "", Object.keys(s).join());
try { "prim".x = 1; } catch (e) { console.log(e.name, "prim".x); }
try { (5).x = 1; } catch (e) { console.log(e.name); }
console.log(Number("5") === 5, String(5) === "5", Boolean("") === false, Number(), String() === "", Boolean(), Number(undefined));
console.log(JSON.stringify([n, s, b]), [n, s, b].join());
console.log(new Number("0x1f") + 0, new String(null) + "", new Boolean("false").valueOf(), new Number().valueOf(), new String().length);
try { Number.prototype.toString.call("5"); } catch (e) { console.log(e.name); }
try { String.prototype.valueOf.call(5); } catch (e) { console.log(e.name); }
try { Boolean.prototype.toString.call(1); } catch (e) { console.log(e.name); }
console.log(Number.prototype.valueOf.call(n), n instanceof Number, Object.prototype.toString.call(b));
var i = new Number(1);
i++;
console.log(typeof i, i, typeof (new String("a") + new String("b")));
