// A let in a loop head makes a binding for each iteration; var makes one for all.
"use strict";
var vars = [], lets = [], inner = [];
for (var i = 0; i < 3; i++) vars.push(function () { return i; });
for (let j = 0; j < 3; j++) lets.push(function () { return j; });
console.log(vars.map(function (f) { return f(); }).join(), lets.map(function (f) { return f(); }).join());
var steps = [];
for (let k = 0; k < 3; k++) {
    steps.push(function () { return k++; });
    if (k === 1) k++;
}
console.log(steps.length, steps[0](), steps[0](), steps[1](), steps[1]());
for (let n = 0, get = function () { return n; }; n < 3; n++) inner.push(get());
console.log(inner.join());
var heads = [];
for (let m = 0; heads.push(function () { return m; }), m < 2; m++) heads.push(function () { return m * 10; });
console.log(heads.map(function (f) { return f(); }).join());
var updates = [];
for (let u = 0; u < 3; updates.push(function () { return u; }), u++) ;
console.log(updates.map(function (f) { return f(); }).join());
var keys = [];
for (let key in { a: 1, b: 2 }) keys.push(() => key);
for (const item of ["x", "y"]) keys.push(() => item);
console.log(keys.map((f) => f()).join());
var conts = [];
for (let c = 0; c < 4; c++) { if (c % 2) continue; let d = c * c; conts.push(() => c + ":" + d); }
console.log(conts.map((f) => f()).join());
var w = 0, whiles = [];
while (w < 3) { let copy = w++; whiles.push(() => copy); }
console.log(whiles.map((f) => f()).join(), w);
