// A let, const or loop binding is dead before its declaration has run.
"use strict";
function name(f) { try { return f(); } catch (e) { return e.name; } }
console.log(name(function () { return x; let x = 1; }));
console.log(name(function () { x = 1; let x; }));
console.log(name(function () { typeof x; const x = 1; }));
console.log(name(function () { let x = x + 1; return x; }));
console.log(name(function () { let a = 1; { a; let b = a; return b; let a2 = b; } }));
console.log(name(function () { let a = 1; { let b = a; const a = 2; return b; } }));
console.log(name(function () { return f(); let y = 3; function f() { return y; } }));
console.log(name(function () { let y = 3; return f(); function f() { return y; } }));
console.log(name(function () { for (let i = i; ;) return i; }));
console.log(name(function () { var a = [1]; for (let a of a) return a; }));
console.log(name(function () { const f = function () { return f2; }; const f2 = "late"; return f(); }));
console.log(name(function () { function get() { return later; } try { get(); } catch (e) { } let later = "now"; return get(); }));
console.log(name(function () { let z = (function () { return z; })(); return z; }));
console.log(typeof undeclared, name(function () { return undeclared; }), name(function () { undeclared = 1; }));
let n = 0;
for (let i = 0; i < 3; i++) { if (i) n += name(function () { return v; let v = 1; }).length; }
console.log(n);
