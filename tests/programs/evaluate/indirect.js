// heap: 256k
// skip: aot,wasm,bytecode-gc,aot-gc,m4-bytecode,m4-aot,rv32-bytecode,rv32-aot there is no compiler in a linked image
// Code from strings, as global code: what it declares with var and function is there afterwards, and it sees nothing of
// the program's own variables.
"use strict";
const evaluate = eval;
let hidden = 1;
function local() {
    var inner = 5;
    return evaluate("typeof inner + ' ' + typeof hidden");
}
console.log(local());

// Completion values.
for (const text of [
    "1 + 1;", "", ";", "var unset", "1; var set = 2", "{ 3; ; }", "if (1) 2; else 3", "if (0) 2; else 3", "4; if (0) 5",
    "do { 2; continue; } while (false)", "do { break; } while (0)", "7; do { 8; if (true) break; } while (0)",
    "try { 5 } finally { 6 }", "try { throw 1 } catch (e) { 9 } finally { 10 }", "try { 11 } catch { 12 }",
    "1; do { try { 39 } finally { 42; break; } } while (0);", "switch (3) { case 3: 'three'; case 4: }", "1; switch (3) {}",
    "a: { 13; break a; }", "for (var i = 0; i < 3; i++) i * 2", "for (const x of [1, 2]) x", "for (const k in { key: 1 }) k",
    "14; function declared() {}", "15; class Declared {}", "16; let lexical = 17", "while (false);", "'use strict'",
    "({ a: 1, b: [2, 3], ['c' + 1]: 4 }).c1", "`template ${1 + 1}`", "/re+/.exec('free')[0]",
]) {
    console.log(JSON.stringify(text), evaluate(text));
}

// Globals.
console.log(evaluate("var made = 2; made"), made, globalThis.made, delete globalThis.made, typeof made);
evaluate("function square(x) { return x * x } var counter = 0; function count() { return ++counter }");
console.log(square(7), count(), count(), counter, evaluate("counter"));
counter = 10;
console.log(evaluate("count()"), evaluate("var counter; counter"));
console.log(evaluate("let lexical = 1; const closure = () => lexical++; closure(); closure")(), typeof lexical);
console.log(evaluate("'use strict'; var own = 1; function mine() { return own } mine()"), typeof own, typeof mine);
console.log(evaluate("this === globalThis"), evaluate("typeof this"), evaluate("(function () { 'use strict'; return this })()"));

// Classes, generators, closures, getters.
console.log(evaluate("class Point { #x = 3; static made = 0; get x() { return this.#x } constructor() { Point.made++ } }; new Point(); [new Point().x, Point.made].join()"));
console.log([...evaluate("(function* (n) { for (let i = 0; i < n; i++) yield () => i })")(3)].map((f) => f()));
const account = evaluate("(owner) => ({ owner, balance: 0, deposit(amount) { this.balance += amount; return this } })");
console.log(account("ann").deposit(5).deposit(6), account("bob").owner);
evaluate("Promise.resolve('later').then((text) => console.log(text))");

// Keys that were made at run time are the same keys.
const record = {}, made_up = "some" + "Key" + "Made" + record.nothing;
record[made_up] = "found";
console.log(evaluate("(o) => o.someKeyMadeundefined")(record), evaluate("(o) => Object.keys(o)")(record));
const map = new Map([[made_up, 1]]);
console.log(evaluate("(m) => m.get('someKeyMadeundefined')")(map));

// What is no string comes back; what is no program is a SyntaxError.
console.log(evaluate(42), evaluate(), evaluate(null), evaluate(record) === record, evaluate(new String("1 + 1")) instanceof String);
for (const text of ["1 +", "let a; let a", "}", "return 1", "break", "var 1", "'unterminated"]) {
    try { console.log(evaluate(text)); } catch (e) { console.log(text, e instanceof SyntaxError, e.name); }
}
for (const text of ["missing", "missing()", "null.x", "throw new RangeError('mine')"]) {
    try { evaluate(text); } catch (e) { console.log(text, e.name, e.message); }
}

// Function.
const add = new Function("a", "b", "return a + b");
console.log(add(1, 2), add.name, add.length, Function("return this === undefined || this === globalThis")());
console.log(Function("a, b", "c", "...rest", "return [a, b, c, rest.length]")(1, 2, 3, 4, 5), new Function()());
console.log(new Function("a = 1, { b } = { b: 2 }", "return a + b // comment")(), Function("/* a */ x // b", "return x")(3));
for (const parts of [["a", "return b("], ["a) { return 1 }, function (b", "return 2"], ["", "} function x() {"], ["a, a", "'use strict'"], ["/*", "*/) {"]]) {
    try { console.log(Function(...parts)); } catch (e) { console.log(parts, e.name); }
}
console.log(new (Function("this.made = true"))().made, Function("a", "return typeof a")(1), typeof Function("return hidden2 = 1"));

// Replacing what is built in, and code that makes code.
evaluate("parseInt = () => 'replaced'");
console.log(parseInt("12"), globalThis.parseInt());
evaluate("Math.double = (x) => 2 * x; Array.prototype.last = function () { return this[this.length - 1] }");
console.log(Math.double(4), [1, 2, 3].last());
console.log(evaluate("(0, eval)('(0, eval)(\"3 * 3\")')"), evaluate("new Function('return 4 * 4')()"));
const many = [];
for (let i = 0; i < 50; i++) many.push(evaluate(`(function numbered${i}() { return "number ${i}" })`));
console.log(many.every((f, i) => f() === "number " + i && f.name === "numbered" + i));
for (let i = 0; i < 500; i++) hidden += evaluate(`${i} % 7`);
console.log(hidden);

// The `this` of a function made of a text is an object, unless the text is strict.
const thisOf = new Function("return this"), strictThisOf = new Function("'use strict'; return this");
console.log(thisOf() === globalThis, thisOf.call(null) === globalThis, typeof thisOf.call(1), thisOf.call(thisOf) === thisOf);
console.log(strictThisOf(), strictThisOf.call(1), new Function("return (() => this)()")() === globalThis);
