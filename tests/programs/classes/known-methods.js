"use strict";
// Methods whose receiver's class is known most of the time: what is called is found all the same when it is another one.

class Shape {
    constructor(name) { this.name = name; }
    area() { return 0; }
    describe() { return this.name + " " + this.area(); }
}
class Square extends Shape {
    side = 1;
    constructor(side) { super("square"); this.side = side; }
    area() { return this.side * this.side; }
}
class Cube extends Square {
    edges = 12;
    area() { return 6 * super.area(); }
}
class Dot extends Shape {
    constructor() { super("dot"); }
}
let out = "";
for (let i = 0; i < 3; i++) {
    const s = new Square(i), c = new Cube(i), d = new Dot();
    out += [s.describe(), c.describe(), d.describe(), c.edges, c.side].join() + ";";
}
console.log(out);

// An own property of the same name, one that was added or deleted later, other receivers.
class Counter {
    constructor() { this.count = 0; }
    step() { return ++this.count; }
    twice() { this.step(); return this.step(); }
}
const plain = new Counter(), own = new Counter(), odd = new Counter();
own.extra = 1;
odd.step = function () { return "own"; };
console.log(plain.twice(), own.twice(), odd.twice());
const borrowed = { count: 10, step: Counter.prototype.step, twice: Counter.prototype.twice };
console.log(borrowed.twice(), Counter.prototype.twice.call({ step() { return "other"; } }));
delete own.count;
console.log(own.twice());
try {
    Counter.prototype.twice.call(null);
} catch (e) {
    console.log(e.name);
}

// A method that is replaced.
class Door {
    constructor() { this.open = false; }
    toggle() { this.open = !this.open; return "first " + this.open; }
}
const door = new Door();
console.log(door.toggle());
Door.prototype.toggle = function () { return "second " + this.open; };
console.log(door.toggle());
delete Door.prototype.toggle;
try {
    door.toggle();
} catch (e) {
    console.log(e.message);
}

// Accessors, methods of the same name further down, methods that a field hides.
class Base {
    constructor() { this.log = []; }
    get value() { return "getter"; }
    run() { this.log.push("base"); return this; }
}
class Middle extends Base {
    run() { super.run(); this.log.push("middle"); return this; }
}
class Last extends Middle {
    value2 = this.value;
    run() { super.run(); this.log.push("last"); return this; }
}
console.log(new Last().run().log.join(), new Middle().run().log.join(), new Last().value2);
class Hidden extends Base {
    run = () => "field";
}
console.log(new Hidden().run());

// Setters below fields are not called; fields are defined, not assigned.
class WithSetter {
    set size(x) { console.log("set", x); }
}
class WithField extends WithSetter {
    size = 3;
}
console.log(Object.keys(new WithField()).join(), new WithField().size);

// A class that is evaluated more than once.
function make(tag) {
    return class {
        constructor(x) { this.x = x; }
        tag() { return tag + this.x; }
    };
}
const A = make("a"), B = make("b");
console.log(new A(1).tag(), new B(2).tag(), new A(3).tag());

// What constructors return, `new.target`, and classes too early.
class Odd {
    constructor(x) { this.x = x; if (x > 1) return { x: "other" }; }
    get() { return this.x; }
}
console.log(new Odd(1).x, new Odd(2).x, new Odd(1).get());
class Target {
    constructor() { this.made = new.target.name; }
}
class Derived extends Target {}
console.log(new Target().made, new Derived().made);
function early() { return new Late(1).get(); }
try {
    early();
} catch (e) {
    console.log(e.name);
}
class Late {
    constructor(x) { this.x = x; }
    get() { return this.x; }
}
console.log(early());
try {
    Late(1);
} catch (e) {
    console.log(e.message);
}

// Old-style constructors.
function Point(x, y) { this.x = x; this.y = y; }
Point.prototype.sum = function () { return this.x + this.y; };
let total = 0;
for (let i = 0; i < 5; i++) total += new Point(i, 1).sum();
console.log(total, new Point(1, 2) instanceof Point);
Point.prototype = { sum() { return "replaced"; } };
console.log(new Point(1, 2).sum());

// Stacks have constructors and methods.
class Thrower {
    constructor(x) { this.x = x; if (x === 2) this.fail(); }
    fail() { throw new Error("no " + this.x); }
}
function build() { for (let i = 0; i < 3; i++) new Thrower(i); }
try {
    build();
} catch (e) {
    console.log(e.message, /fail[^]*Thrower[^]*build/.test(e.stack));
}
