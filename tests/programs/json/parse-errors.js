// Malformed texts are SyntaxErrors.
"use strict";
var bad = ["", " ", "{", "[", "]", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "'s'", "01", "+1", ".5", "1.", "1e", "-", "0x1", "NaN", "undefined", "Infinity", "tru", "nulll", "\"abc", "\"\\x41\"", "\"\\u12\"", "\"\n\"", "\"\t\"", "[1 2]", "{\"a\" 1}", "{\"a\":}", "{,}", "[,]", "1 2", "[1]]", "//c\n1", "\u00a01", "\ufeff1", "{\"a\":1 \"b\":2}", "--1", "1.e5", "\"\\", "{\"a\"", "[\"a\",", "\u20281", "True", "\"\\'\""];
var r = "", i;
for (i = 0; i < bad.length; i++) { try { JSON.parse(bad[i]); r += "!" + i; } catch (e) { r += e instanceof SyntaxError && e.name === "SyntaxError" ? "s" : "?" + i; } }
console.log(r, bad.length);
try { JSON.parse(); } catch (e) { console.log(e.name); }
try { JSON.parse({}); } catch (e) { console.log(e.name); }
try { JSON.parse([]); } catch (e) { console.log(e.name); }
var depth = "";
for (i = 0; i < 16; i++) depth += "[";
try { JSON.parse(depth); } catch (e) { console.log(e.name); }
for (i = 0; i < 16; i++) depth += "]";
console.log(JSON.stringify(JSON.parse(depth)).length, typeof JSON, Object.prototype.toString.call(JSON));
