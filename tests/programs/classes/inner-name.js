// Inside a class declaration its name is a constant, whatever happens to the variable that the declaration makes.
"use strict";
class Kept {
    static made = [Kept.name];
    static get self() { return Kept; }
    who() { return Kept; }
    later = () => Kept;
    static overwrite() { Kept = 1; }
    #own() { return typeof Kept; }
    own() { return this.#own(); }
}
const first = Kept;
const instance = new Kept();
Kept = "replaced";
console.log(Kept, first.self === first, instance.who() === first, instance.later() === first, instance.own(), first.made);
try { first.overwrite(); } catch (e) { console.log(e.name, e.message); }

function nested() {
    class Local {
        static made = 0;
        constructor() { Local.made++; this.of = Local; }
        static Inner = class Inner extends Local { outer() { return Local; } };
    }
    const original = Local;
    Local = null;
    new original();
    return [new original.Inner().outer() === original, original.made, Local];
}
console.log(nested());

for (const text of ["heritage", "key"]) {
    try {
        if (text === "heritage") {
            class Early extends Early {}
            Early = 1;
        } else {
            class Early { [Early.name]() {} }
            Early = 1;
        }
    } catch (e) {
        console.log(text, e.name, e.message);
    }
}

class Untouched { static self() { return Untouched; } }
console.log(Untouched.self() === Untouched);
