// let and const live in their block and shadow outward bindings.
"use strict";
let x = "outer";
{
    let x = "inner";
    { let x = "innermost"; console.log(x); }
    console.log(x);
}
console.log(x);
const c = { n: 1 };
c.n = 2;
console.log(c.n);
try { c = 1; } catch (e) { console.log(e.name); }
let log = "";
for (let x = 0; x < 2; x++) { let y = x * 2; log += y; }
console.log(log, x);
if (true) { const x = 5; log += x; } else { let x = 6; log += x; }
console.log(log);
let u;
console.log(u);
for (let i = 0; i < 2; i++) { let fresh; log += typeof fresh; fresh = i; }
console.log(log);
function f(a) { { let a = 2; return a; } }
console.log(f(1));
try { const c = 10; throw c; } catch (x) { console.log(x); let y = x; { let x = y + 1; console.log(x); } }
console.log(x);
{ function inBlock() { return "block function"; } console.log(inBlock()); }
console.log(typeof inBlock);
