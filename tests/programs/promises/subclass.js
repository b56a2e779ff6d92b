"use strict";
// Classes derived from Promise; combinators on them, and on constructors of the program's own.
class Tracked extends Promise {
    static made = 0;
    constructor(executor) { super(executor); Tracked.made++; }
    tag() { return "tracked"; }
}
const p = Tracked.resolve(1);
console.log(p instanceof Tracked, p.tag(), Tracked.made, Tracked.resolve(p) === p, Promise.resolve(p) === p);
const q = p.then((x) => x + 1);
console.log(q.tag(), Tracked.made, Tracked.reject(2).catch((e) => e).tag(), q.finally(() => {}).tag());
Tracked.all([1, p, Promise.resolve(3)]).then((list) => console.log("all", list.join()));
console.log(Tracked.all([]).tag(), Tracked.race([p]).tag(), Tracked.any([p]).tag(), Tracked.allSettled([]).tag());
Tracked.allSettled([p, Tracked.reject("no")]).then((list) => console.log(JSON.stringify(list)));
Tracked.any([Promise.reject(1), p]).then((x) => console.log("any", x));
Tracked.race([new Promise(() => {}), "first"]).then((x) => console.log("race", x));
(async () => { console.log("await", await p, await q); })();
const log = [];
function Custom(executor) { executor((x) => log.push("resolve " + x), (e) => log.push("reject " + e)); this.mine = true; }
Custom.resolve = (x) => x;
const r = Promise.all.call(Custom, [{ then(f) { f("a"); f("again"); } }, { then(f) { f("b"); } }]);
console.log(r.mine, log.join("; "));
console.log(Promise.race.call(Custom, [{ then(f, g) { g("late"); } }]).mine, Promise.reject.call(Custom, 9).mine, log.join("; "));
function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message; }
}
console.log(thrown(() => Promise.all.call(undefined, [])), thrown(() => Promise.resolve.call(1, 2)), thrown(() => Promise.all.call({}, [])));
console.log(thrown(() => Promise.resolve.call(function (executor) { executor(1, 2); executor(3, 4); }, 1)));
console.log(thrown(() => Promise.resolve.call(function () {}, 1)));
let closed = 0;
const items = { [Symbol.iterator]() { return { next: () => ({ value: 1, done: false }), return() { closed++; return {}; } }; } };
class Broken extends Promise { static resolve() { throw new Error("broken"); } }
Broken.all(items).catch((e) => console.log(e.message, closed));
p.then(() => console.log("finally order"));
console.log(Promise.resolve(1), Promise.reject(new Error("x")).catch(() => {}) instanceof Promise, new Promise(() => {}), Tracked.resolve("t"));
