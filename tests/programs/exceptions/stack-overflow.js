// Endless recursion ends in a RangeError that can be caught, again and again.
"use strict";
function forever(n) { return forever(n + 1) + 1; }
var a = 0;
function mutualA(x) { a++; return mutualB(x) + 1; }
function mutualB(x) { return mutualA(x) + 1; }
for (var i = 0; i < 3; i++) {
    try { forever(0); console.log("returned"); } catch (e) { console.log(e instanceof RangeError, e.name); }
}
try { mutualA(0); } catch (e) { console.log(e.name, a > 20); }
var o = { get p() { return this.p; } };
try { o.p; } catch (e) { console.log(e.name); }
var t = { toString: function () { return "" + this; } };
try { "" + t; } catch (e) { console.log(e.name); }
function viaCallback(x) { return [x].map(viaCallback); }
try { viaCallback(1); } catch (e) { console.log(e.name); }
var depth = 0, unwound = 0;
function withFinally() { depth++; try { withFinally(); } finally { unwound++; } }
try { withFinally(); } catch (e) { console.log(e.name, depth - unwound < 3); }
function shallow(n) { return n === 0 ? 0 : 1 + shallow(n - 1); }
console.log(shallow(20));
