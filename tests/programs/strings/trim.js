// trim removes every white space character of the standard.
"use strict";
var ws = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
console.log(ws.length, ws.trim().length, (ws + "a b" + ws).trim(), JSON.stringify("  x  ".trim()), JSON.stringify("".trim()), JSON.stringify(" \n ".trim()));
console.log(["\u200b", "\u180e", "\u0085", "\u0000", "\u2060", "\u001c"].map(function (c) { return (c + "x" + c).trim().length; }).join());
console.log(JSON.stringify("  x  ".trimStart()), JSON.stringify("  x  ".trimEnd()), JSON.stringify((ws + "q").trimStart()), JSON.stringify(("q" + ws).trimEnd()));
console.log("no blanks".trim() === "no blanks", " é ".trim().length, " 😀 ".trim().length, String.prototype.trim.call(5) === "5", String.prototype.trim.call([" a ", "b "]));
try { String.prototype.trim.call(undefined); } catch (e) { console.log(e.name); }
for (var i = 0, n = 0; i < ws.length; i++) if (isNaN(parseInt(ws[i] + "1")) || Number(ws[i] + "1" + ws[i]) !== 1) n++;
console.log(n);
