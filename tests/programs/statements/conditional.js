// The conditional operator and short-circuit evaluation give values, not booleans.
"use strict";
var log = "";
function v(x) { log += x === undefined ? "u" : x; return x; }
console.log(v(0) || v("a") || v("b"), v(1) && v("") && v(2), log);
log = "";
console.log(v(1) ? v(2) ? "x" : "y" : v(3) ? "z" : "w", log);
log = "";
console.log((v(0) && v(1)) || (v(2) && v(3)), log);
console.log(null || undefined, undefined && 1, NaN || 0, "" || null, 0 || -0, [] && {} && 5);
console.log(!0, !!"0", !"", !!NaN, !null, !![]);
var o = { n: 0 };
true || o.n++;
false && o.n++;
true && o.n++;
console.log(o.n);
var f = o.f || function () { return "fallback"; };
console.log(f());
var a = 5, b = a > 3 ? a < 6 ? "mid" : "high" : "low";
console.log(b);
if (a > 3 && (b = "side", true) || (b = "never")) console.log(b);
if (!(a > 3 || a < 1) || a === 5 && b) console.log("mixed");
var r = (a > 9 ? console : { log: function (s) { return "fake " + s; } }).log("call");
console.log(r);
