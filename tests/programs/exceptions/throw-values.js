// Any value can be thrown, and arrives unchanged.
"use strict";
var o = { tag: "object" }, f = function () { };
var values = [0, -0, NaN, 1.5, "", "text", true, null, undefined, o, f, [1, 2], 2147483648];
values.forEach(function (v) {
    try { throw v; } catch (e) {
        console.log(typeof e, e === v || (e !== e && v !== v), 1 / e === 1 / v || typeof e !== "number" || e !== 0);
    }
});
function thrower(v) { throw v; }
function passer(v) { thrower(v); return "never"; }
try { passer(o); } catch (e) { console.log(e.tag); }
try { throw (function () { try { throw 1; } catch (e) { return e + 1; } })(); } catch (e) { console.log(e); }
try { [3, 1].sort(function () { throw "from sort"; }); } catch (e) { console.log(e); }
try { [1].forEach(function (x) { throw x; }); } catch (e) { console.log(e); }
try { ({ get p() { throw "getter"; } }).p; } catch (e) { console.log(e); }
try { ({ set p(v) { throw v; } }).p = "setter"; } catch (e) { console.log(e); }
try { +{ valueOf: function () { throw "valueOf"; } }; } catch (e) { console.log(e); }
try { "" + { toString: function () { throw "toString"; } }; } catch (e) { console.log(e); }
try { new (function () { throw "constructor"; })(); } catch (e) { console.log(e); }
try { JSON.stringify({ toJSON: function () { throw "toJSON"; } }); } catch (e) { console.log(e); }
