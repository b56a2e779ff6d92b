"use strict";
function* count(from, to = from + 3) {
  for (let i = from; i < to; i++) {
    const sent = yield i;
    if (sent) console.log('sent', sent);
  }
  return 'end';
}
const g = count(1);
console.log(JSON.stringify(g.next('ignored')), JSON.stringify(g.next('x')), JSON.stringify(g.next()), JSON.stringify(g.next()), JSON.stringify(g.next()));
console.log([...count(5)].join(), Math.max(...count(0, 10)));
let total = 0;
for (const x of count(0, 100)) { if (x > 10) break; total += x; }
console.log(total);
function* cleanup() { try { yield 1; yield 2; } finally { console.log('cleanup'); yield 'late'; } }
for (const x of cleanup()) { console.log(x); break; }
const c = cleanup();
console.log(JSON.stringify([c.next(), c.return(9), c.next(), c.next()]));
const t = (function* () { while (true) { try { yield 'ready'; } catch (e) { yield 'caught ' + e; } } })();
t.next();
console.log(t.throw('a').value, t.next().value, t.throw('b').value, JSON.stringify(t.return('r')), t.next().done);
function* inner() { const got = yield 'i1'; console.log('inner got', got); try { yield 'i2'; } finally { console.log('inner finally'); } return 'result'; }
function* outer() { const r = yield* inner(); console.log('r', r); yield* [10, 20]; yield* 'ab'; }
const o = outer();
console.log(o.next().value, o.next('hello').value, o.next().value, o.next().value, [...o].join());
const early = outer();
early.next(); early.next();
console.log(JSON.stringify(early.return('stop')), early.next().done);
function* fib() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } }
const [f0, f1, f2, f3, f4, f5] = fib();
console.log(f0, f1, f2, f3, f4, f5);
function* nested(n) { if (n > 0) { yield n; yield* nested(n - 1); yield -n; } }
console.log([...nested(4)].join());
const obj = { *items() { yield this.a; yield this.b; }, a: 1, b: 2, *[Symbol.iterator]() { yield* this.items(); } };
console.log([...obj].join(), [...obj.items()].length);
class Tree { constructor(v, l, r) { this.v = v; this.l = l; this.r = r; } *[Symbol.iterator]() { if (this.l) yield* this.l; yield this.v; if (this.r) yield* this.r; } static *make(n) { for (let i = 0; i < n; i++) yield new Tree(i); } }
console.log([...new Tree(2, new Tree(1), new Tree(4, new Tree(3)))].join(), [...Tree.make(3)].map(t => t.v).join());
function attempt(f) { try { return f(); } catch (e) { return e.name + ': ' + e.message; } }
const self = (function* () { self.next(); })();
console.log(attempt(() => self.next()), JSON.stringify(self.next()));
console.log(attempt(() => new count(1)).split(':')[0], Object.prototype.toString.call(g), g[Symbol.iterator]() === g, count.prototype.constructor === undefined);
console.log(Object.getPrototypeOf(g) === count.prototype, g instanceof count, typeof count, count.length, count.name);
function* mixed(a, ...rest) { const f = () => a + rest.length; let s = yield f(); a = s; yield f() + arguments.length; yield (yield 1) + (yield 2) * (yield 3); }
const m = mixed(1, 2, 3);
console.log(m.next().value, m.next(10).value, m.next().value, m.next(5).value, m.next(6).value, m.next(7).value);
function* bools(n) { const big = n > 5, small = !big; yield big; yield small; if (big) yield 'big'; else yield 'small'; }
console.log([...bools(3)].join(), [...bools(9)].join());
function* labels() { out: for (const x of [1, 2, 3]) for (const y of [1, 2, 3]) { if (y === 2) continue out; if (x === 3) break out; yield x * 10 + y; } }
console.log([...labels()].join());
const lazy = (function* () { console.log('started'); })();
console.log('before'); lazy.next();
console.log(JSON.stringify((function* () { yield 1; })().return(7)), attempt(() => (function* () {})().throw(new RangeError('t'))));
const closures = [...(function* () { for (let i = 0; i < 3; i++) yield () => i; })()];
console.log(closures.map(f => f()).join());
