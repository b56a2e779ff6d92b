"use strict";
// Arrays of booleans, undefined and null that get other elements, in every way.
function show(name, a) { console.log(name, a.length, a); }
function flags(n) {
    var a = [], i;
    for (i = 0; i < n; i++) a.push(i % 3 === 0);
    return a;
}
var a = flags(5);
show("flags", a);
a[2] = 7; show("set", a);
a = flags(4); a.push("x"); show("push", a);
a = flags(4); a.push(null, undefined, 1.5); show("push many", a);
a = flags(4); a[6] = true; show("gap", a); console.log(4 in a, a[4], a[5] === undefined);
a = flags(4); a[9] = {}; console.log(a.length, Object.keys(a).join());
a = flags(4); a.unshift(-0); console.log(Object.is(a[0], -0), a.length, a[1], a[4]);
a = flags(6); console.log(a.splice(1, 2, NaN, "two", false), a);
a = flags(6); a.splice(2, 3); show("cut", a);
a = flags(4); a.length = 2; show("shorter", a);
a.length = 4; show("longer", a); console.log(a[3], 3 in a);
a.length = 0; show("empty", a);
a.push(3); show("again", a);
a = flags(4); delete a[1]; show("delete", a); console.log(1 in a, a.indexOf(undefined), a.includes(undefined));
a[1] = 12; show("filled", a);
a = flags(4); a.fill(null, 1, 3); show("fill", a);
a.fill(2); show("fill ints", a);
a = flags(5); a.reverse(); show("reverse", a);
a = flags(5); a.copyWithin(0, 3); show("copyWithin", a);
a = flags(5); console.log(a.pop(), a.shift(), a);
console.log(flags(3).concat(flags(2), [1, "s"], null), flags(4).slice(1, 3));
console.log(flags(4).map(function (x) { return !x; }), flags(4).map(function (x, i) { return x ? i : "no"; }));
console.log(flags(7).filter(Boolean), flags(4).join("-"), String([null, undefined, true]));
console.log(JSON.stringify(flags(3)), JSON.parse("[true,null,false,[false]]"), JSON.stringify([undefined, null]));
console.log(flags(4).indexOf(true), flags(4).lastIndexOf(true), [false, null].indexOf(null));
console.log(flags(5).sort(), [true, 3, null, undefined, false, 2].sort());
console.log(flags(5).sort(function (p, q) { return p - q; }));
console.log(flags(4).reduce(function (n, x) { return n + x; }, 0));
var sum = 0, x;
for (x of flags(10)) if (x) sum++;
console.log(sum, Math.max.apply(null, [true, false, null]), [...flags(3), ...[1, 2]]);
function count() { return arguments.length + (arguments[0] === true ? 10 : 0); }
console.log(count(...flags(4)), count.apply(null, flags(2)));
var big = new Array(6);
console.log(big.length, 0 in big, big[0], big);
big[3] = false; big[5] = null; console.log(big, 3 in big);
big[0] = 1; big[1] = 2.5; console.log(big, big.length);
var full = new Array(4).fill(true); full[1] = false; console.log(full, full.every(Boolean), full.some(Boolean));
var nested = [[true], [false, 1], []]; console.log(nested.flat(), nested);
var lit = [true, false, null, undefined, , true]; console.log(lit, lit.length, 4 in lit);
lit[4] = lit; console.log(lit[4] === lit, lit.length);
