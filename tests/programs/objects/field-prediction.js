"use strict";
// Accesses whose objects are not what the literals of the program suggest.
function make(a, b) {
    return { first: a, second: b, third: a + b };
}
function sum(o) {
    return o.first + o.second;
}
function bump(o) {
    o.first = o.first + 1;
    o.second++;
    return sum(o);
}
function attempt(f) {
    try {
        return String(f());
    } catch (e) {
        return e.name + ": " + e.message;
    }
}
var shorter = { first: 10, second: 20 };
var longer = { first: 1, second: 2, third: 3, fourth: 4, fifth: 5 };
var otherOrder = { second: 7, first: 8 };
var elsewhere = { zero: 0, first: "f", second: "s" };
console.log(sum(make(1, 2)), sum(shorter), sum(longer), sum(otherOrder), sum(elsewhere), sum([]), sum("x"), sum(5));
console.log(bump(make(1, 2)), bump(shorter), bump(longer), bump(otherOrder));
console.log(attempt(function () { return sum(null); }));
console.log(attempt(function () { return bump(undefined); }));
console.log(attempt(function () { return bump("text"); }));
console.log(attempt(function () { return bump(true); }));

// Built by assignments, with more and fewer properties than fit into the object.
function grown(n) {
    var o = {};
    if (n > 0) o.first = 1;
    if (n > 1) o.second = 2;
    if (n > 2) o.third = 3;
    if (n > 3) o.fourth = 4;
    if (n > 4) o.fifth = 5;
    return o;
}
for (var i = 0; i <= 5; i++) console.log(i, sum(grown(i)), Object.keys(grown(i)).join());
var big = grown(5);
bump(big);
console.log(JSON.stringify(big), JSON.stringify(grown(3)));

// Deleted, redefined, locked.
var d = make(3, 4);
delete d.first;
console.log(sum(d), bump(d), JSON.stringify(d));
var read = make(5, 6);
Object.defineProperty(read, "first", { writable: false });
console.log(attempt(function () { return bump(read); }), sum(read));
var computed = make(7, 8);
var log = [];
Object.defineProperty(computed, "first", {
    get: function () { log.push("get"); return 100; },
    set: function (v) { log.push("set " + v); },
});
console.log(bump(computed), log.join());
var frozen = Object.freeze(make(9, 10));
console.log(attempt(function () { return bump(frozen); }), sum(frozen));
var sealed = Object.seal(make(11, 12));
console.log(bump(sealed), attempt(function () { return delete sealed.first; }));
var fixed = Object.preventExtensions({ first: 1 });
console.log(attempt(function () { return bump(fixed); }), JSON.stringify(fixed));
var literal = { get first() { return 40; }, set first(v) { log.push("literal " + v); }, second: 2 };
console.log(bump(literal), log.join());

// Inherited, and shadowed later.
var base = make(50, 60);
var derived = Object.create(base);
console.log(sum(derived), bump(derived), sum(base), sum(derived), Object.keys(derived).join());
var withProto = { __proto__: base, second: 1 };
console.log(sum(withProto), bump(withProto), sum(base));
Object.setPrototypeOf(shorter, { third: "inherited" });
console.log(shorter.third, sum(shorter), longer.third, grown(2).third);
console.log(sum(function first() {}), attempt(function () { var f = function () {}; f.first = 1; f.second = 1; return bump(f); }));
var error = new Error("e");
error.first = 1;
error.second = 2;
console.log(bump(error));
