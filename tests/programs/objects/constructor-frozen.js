"use strict";
// A prototype that is frozen, or gets another prototype, under objects of a constructor.
function attempt(f) {
    try {
        return JSON.stringify(f());
    } catch (e) {
        return e.name + ": " + e.message;
    }
}
function Base(v) {
    this.kind = v;
    this.late = v + 1;
}
Base.prototype.kind = "base";
Base.prototype.describe = function () { return this.kind + " " + this.late; };
function Derived(v) {
    Base.call(this, v);
    this.more = v;
}
Derived.prototype = Object.create(Base.prototype);
var first = new Derived(1);
console.log(first.describe(), attempt(function () { return new Base(5); }));
function Half(v) {
    this.one = v;
    if (v === "change") Object.setPrototypeOf(Half.prototype, { set two(w) { console.log("setter", w); } });
    this.two = v;
}
console.log(attempt(function () { return new Half(1); }), attempt(function () { return new Half("change"); }));
console.log(attempt(function () { return new Half(2); }));
Object.freeze(Base.prototype);
console.log(attempt(function () { return new Derived(2); }), attempt(function () { return new Base(3); }));
first.kind = "own";
first.late = 7;
console.log(first.describe(), attempt(function () { return first; }));
