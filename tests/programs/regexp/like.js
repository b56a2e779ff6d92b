// What counts as an expression, and the properties that the constructor, `flags` and `toString` ask for.
"use strict";
const like = { [Symbol.match]: true, source: "a/b", flags: "gi", constructor: RegExp };
console.log(RegExp(like) === like, String(new RegExp(like)), String(new RegExp(like, "y")));
for (const method of ["includes", "startsWith", "endsWith"]) {
    try { "a"[method](like); } catch (error) { console.log(error.name, error.message); }
}
const text = /b/;
text[Symbol.match] = false;
console.log("/b/".startsWith(text), "a/b/".endsWith(text), "b".includes(text));
for (const flags of ["", "i", "g"]) {
    const one = { [Symbol.match]: 1, [Symbol.matchAll]: () => flags, [Symbol.replace]: () => flags, flags };
    for (const method of ["matchAll", "replaceAll"]) {
        try { console.log("a"[method](one)); } catch (error) { console.log(error.name); }
    }
}

const log = [];
const traced = Object.create(RegExp.prototype);
for (const name of ["hasIndices", "global", "ignoreCase", "multiline", "dotAll", "unicode", "sticky"]) {
    Object.defineProperty(traced, name, { get() { log.push(name); return name.length > 6; } });
}
Object.defineProperty(traced, "source", { value: "s" });
Object.defineProperty(traced, "unicodeSets", { value: false });
console.log(traced.flags, log.join(), RegExp.prototype.toString.call(traced));

class Once extends RegExp { get flags() { return ""; } }
const once = new Once("a", "g");
console.log(String(once), String(/a\/b/gi));

delete RegExp.prototype[Symbol.split];
console.log("a,b".split(/,/), "/,/b".split(/,/));
RegExp.prototype[Symbol.search] = function (text) { return `${this.source} in ${text}`; };
console.log("abc".search("b."), "abc".search(undefined));
console.log(Symbol.replace, [Symbol.match]);
