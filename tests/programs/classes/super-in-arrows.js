// super(…) in an arrow function, in classes with fields and private methods: they are there once it has returned.
"use strict";
class Base {
    constructor(...args) { this.args = args; }
    greet() { return "base"; }
}

class Fields extends Base {
    first = this.args.length;
    #secret = "hidden";
    ["comp" + "uted"] = super.greet();
    closure = () => [this.first, this.#secret];
    #method() { return this.#secret + "!"; }
    get #accessor() { return this.#method() + "?"; }
    static made = 0;
    constructor(how) {
        const call = (...args) => { super(...args); return this; };
        const twice = () => () => super("deep");
        if (how === "never") return;
        if (how === "twice") { call(1); call(2); }
        const result = how === "deep" ? twice()() : call(how, 2);
        Fields.made++;
        this.after = [result === this, this.#accessor, this.closure()];
    }
    greet() { return "derived"; }
}

console.log(new Fields("x"), new Fields("x").after);
console.log(new Fields("deep").args, Fields.made);
for (const how of ["never", "twice"]) {
    try { console.log(new Fields(how)); } catch (e) { console.log(e.name, e.message); }
}

// A class in a loop has its own initialiser each time.
const made = [];
for (let i = 0; i < 3; i++) {
    made.push(class extends Base {
        number = i * 10;
        constructor() { (() => super(i))(); }
    });
}
console.log(made.map((C) => [new C().number, new C().args]));

// Around classes in one another.
class Outer extends Base {
    name = "outer";
    constructor() {
        const inner = () => new (class extends Base {
            name = "inner";
            constructor() { (() => super())(); }
        })();
        const start = () => super(inner().name);
        start();
    }
}
console.log(new Outer());

// An initialiser that throws.
class Thrower extends Base {
    before = 1;
    bad = (() => { throw new Error("field"); })();
    constructor() { try { (() => super())(); } catch (e) { console.log(e.message, this.before, "bad" in this); } }
}
console.log(new Thrower().before);
