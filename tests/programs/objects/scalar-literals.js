"use strict";
// Literals that never leave their function, and some that do.
function loop(n) {
    var o = { x: 1, y: 2, n: 0 }, i;
    for (i = 0; i < n; i++) {
        o.x = (o.y + i) & 0xff;
        if (i % 3 === 0) o.y = o.x + 1;
        else if (i % 3 === 1) o.y -= 2;
        o.n++;
    }
    return o.x + " " + o.y + " " + o.n;
}
function fresh(n) {
    var total = 0, last;
    for (var i = 0; i < n; i++) {
        var p = { a: i, b: undefined, c: "c" };
        if (i & 1) p.b = p.a * 2;
        total += p.a + (p.b || 0);
        last = p.c + p.b;
    }
    return total + last;
}
function nested() {
    var inner = { v: 1 };
    var outer = { inner: inner, w: 2 };
    outer.inner = 5;
    return outer.inner + outer.w + inner.v;
}
function throwing(f) {
    var o = { step: 0, seen: "" };
    try {
        o.step = 1;
        f(1);
        o.step = 2;
        f(2);
        o.step = 3;
    } catch (e) {
        o.seen = e + " at " + o.step;
    } finally {
        o.step = o.step * 10;
    }
    return o.seen + " " + o.step;
}
function escaping(k) {
    var o = { a: 1, b: 2 };
    var same = o;
    if (k) same = { a: 3, b: 4 };
    same.a += 10;
    return o.a + same.a + (o === same ? 100 : 0);
}
function missing() {
    var o = { a: 1 };
    return String(o.b) + o.toString() + ("a" in o);
}
function switching(k) {
    var o = { value: k, name: "none" };
    switch (o.value) {
        case 1: o.name = "one"; break;
        case 2: o.name = "two";
        case 3: o.name = o.name + "+"; break;
        default: o.value = -1;
    }
    return o.name + o.value;
}
function captured() {
    var o = { n: 0 };
    var f = function () { return ++o.n; };
    return f() + f() + o.n;
}
console.log(loop(0), loop(1), loop(50));
console.log(fresh(0), fresh(1), fresh(6));
console.log(nested());
console.log(throwing(function () {}));
console.log(throwing(function (k) { throw "thrown " + k; }));
console.log(throwing(function (k) { if (k === 2) throw k; }));
console.log(escaping(false), escaping(true));
console.log(missing());
console.log(switching(1), switching(2), switching(3), switching(4));
console.log(captured());
