"use strict";
// Small functions whose calls the compiler may replace by their bodies: nothing of that can be seen.

function first(stack) {
    // The frames of functions, without those of the script and of what runs it.
    return stack.split("\n").slice(1).map((line) => line.trim().split(" ")[1])
        .filter((name) => !/[.:]/.test(name)).join(" < ");
}

// Stacks name functions, from whichever body the code comes.
function inner(o) { return o.a.b; }
function middle(o) { return inner(o) + 1; }
function outer(o) { return middle(o) * 2; }
console.log(outer({ a: { b: 20 } }));
for (let i = 0; i < 2; i++) {
    try {
        outer(i === 0 ? {} : { a: null });
    } catch (e) {
        console.log(e.message, "|", first(e.stack));
    }
}
function fail(text) { throw new Error(text); }
function guard(x) { if (x > 2) fail("too large: " + x); return x; }
function total(list) { let sum = 0; for (const x of list) sum += guard(x); return sum; }
try {
    console.log(total([1, 2]));
    console.log(total([1, 2, 3]));
} catch (e) {
    console.log(e.message, "|", first(e.stack));
}

// Counters.
function makeCounter(step) {
    let count = 0;
    return () => { count += step; return count; };
}
{
    const a = makeCounter(1), b = makeCounter(0.5), c = makeCounter("x");
    let out = "";
    for (let i = 0; i < 3; i++) out += [a(), b(), c()].join() + ";";
    console.log(out);
    const big = makeCounter(0x3fffffff);
    for (let i = 0; i < 4; i++) out = big();
    console.log(out);
}

// A closure that is called here and goes elsewhere, too.
function makePair() {
    let value = 1;
    return { get: () => value, set: (x) => { value = x; } };
}
{
    const pair = makePair();
    const { get, set } = pair;
    set(5);
    console.log(get(), pair.get());
    pair.set(7);
    console.log(get(), pair.get());
}

// One variable for each turn of a loop.
{
    const list = [];
    for (let i = 0; i < 3; i++) {
        const add = (x) => { i += x; return i; };
        if (i === 1) add(10);
        list.push(() => i);
    }
    console.log(list.map((f) => f()).join());
}

// Variables that are looked at too early.
function early() {
    const read = () => late;
    try {
        read();
    } catch (e) {
        console.log(e.name, e.message);
    }
    let late = 3;
    return read();
}
console.log(early());

// Missing arguments, default values, arguments that are evaluated in order and once.
function withDefault(a, b = a + 1) { return a + b; }
console.log(withDefault(1), withDefault(1, 5), withDefault(1, undefined));
let order = "";
function note(x) { order += x; return x; }
function pick(a, b, c) { return c; }
console.log(pick(note(1), note(2), note(3)), order);

// Recursion stays what it is.
function even(n) { return n === 0 ? true : odd(n - 1); }
function odd(n) { return n === 0 ? false : even(n - 1); }
console.log(even(10), odd(10));
function down() { return down() + 1; }
function enter() { return down(); }
try {
    enter();
} catch (e) {
    console.log(e instanceof RangeError);
}

// Functions with properties of their own that capture something.
function tagged(n) {
    const f = function () { return n * f.factor; };
    f.factor = 3;
    return f;
}
console.log(tagged(4)(), tagged(5)());
