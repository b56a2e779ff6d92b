// The catch parameter is a binding of its own block.
"use strict";
var e = "outer";
try { throw "inner"; } catch (e) { console.log(e); e = "changed"; console.log(e); }
console.log(e);
function f() {
    try { throw 1; } catch (x) { var x2 = x; let y = x + 1; return function () { return x + y + x2; }; }
}
console.log(f()());
var fns = [];
for (var i = 0; i < 3; i++) { try { throw i; } catch (n) { fns.push(function () { return n++; }); } }
console.log(fns[0](), fns[0](), fns[1](), fns[2](), fns[0]());
try { throw 1; } catch (a) { try { throw a + 1; } catch (a) { console.log(a); } console.log(a); }
try { throw "t"; } catch (e) { console.log((function () { return typeof e; })(), e.length); }
function g(p) { try { throw "c"; } catch (p) { p = "local"; } return p; }
console.log(g("param"));
try { try { undefinedName; } finally { console.log("finally first"); } } catch (err) { console.log(err.name); }
try { let z = 1; throw z; } catch (z) { console.log(z); }
