// Methods of strings ask their patterns by symbols; the methods of expressions under them ask for `exec`, `flags` and `lastIndex`.
"use strict";
const asked = {
    [Symbol.match](...given) { return ["match", ...given]; },
    [Symbol.matchAll](...given) { return ["matchAll", ...given]; },
    [Symbol.replace](...given) { return ["replace", ...given]; },
    [Symbol.search](...given) { return ["search", ...given]; },
    [Symbol.split](...given) { return ["split", ...given]; },
    flags: "g",
};
console.log("a".match(asked), "b".matchAll(asked), "c".replace(asked, 1), "d".replaceAll(asked, 2));
console.log("e".search(asked), "f".split(asked, 3), "g".split(asked));
console.log("x[object Object]y".split({ [Symbol.split]: null }), "2".replace({ toString: () => "2" }, "two"));

for (const key of ["match", "matchAll", "replace", "search", "split"]) {
    const method = RegExp.prototype[Symbol[key]];
    console.log(method.name, method.length, typeof Symbol[key], Symbol[key].description);
    try { method.call("no object", ""); } catch (error) { console.log(error.name); }
}

const re = /(?<letter>[a-z])(\d)?/g;
console.log(re[Symbol.match]("a1b"), re[Symbol.replace]("a1b", "<$2$<letter>$&$`$'$$$3>"), re.lastIndex);
console.log(re[Symbol.replace]("a1b", (...given) => given.length + JSON.stringify(given.at(-1))));
console.log(re[Symbol.search]("--a1"), re[Symbol.split]("1a1b2", 4), /,/[Symbol.split](""));
const matches = re[Symbol.matchAll]("a1b");
console.log(matches.next().value.index, re.lastIndex, [...matches].length, matches.next().done);
console.log(/(?:)/gu[Symbol.replace]("\u{1f600}a", "-"), /(?:)/g[Symbol.match]("ab").length);

// An `exec` of the program, on an instance and in a class.
const fixed = /x/;
fixed.exec = (text) => ({ 0: text.slice(1, 3), 1: "one", length: 2, index: 1, groups: { name: "n" } });
console.log(fixed.test("abcd"), "abcd".replace(fixed, "[$1$&$<name>]"), "abcd".search(fixed));
console.log("abcd".match(fixed)[1], "abcd".includes.length);

class Counting extends RegExp {
    static made = 0;
    constructor(pattern, flags) { super(pattern, flags); Counting.made++; }
    exec(text) { const found = super.exec(text); if (found) found.index += 100; return found; }
    get flags() { return super.flags; }
    [Symbol.replace](text, by) { return `{${super[Symbol.replace](text, by)}}`; }
}
const counting = new Counting("\\d", "g");
console.log("a1b2".match(counting), "a1".search(counting), [..."a1b2".matchAll(counting)].map((found) => found.index));
console.log("a1b2c".split(counting), Counting.made, "a1b".replace(counting, (text, at) => `${text}@${at}`));
