"use strict";
function range(from, to, log) {
  return {
    [Symbol.iterator]() {
      let at = from;
      return {
        next() { return at < to ? { value: at++, done: false } : { value: undefined, done: true }; },
        return(v) { log.push('closed at ' + at); return {}; },
      };
    },
  };
}
var log = [];
for (const x of range(0, 3, log)) console.log(x);
console.log([...range(3, 6, log)].join(), Math.max(...range(0, 10, log)), log.length);
for (const x of range(0, 9, log)) if (x === 2) break;
outer: for (const x of range(0, 9, log)) for (const y of range(0, 9, log)) if (y === 1) continue outer; else if (x > 1) break outer;
var [p, q = 'default', ...rest] = range(0, 4, log);
console.log(p, q, rest.join(), log.length);
var [first] = range(5, 9, log);
console.log(first, log.join('; '));
log.length = 0;
function attempt(f) { try { return f(); } catch (e) { return e.name + ': ' + e.message; } }
console.log(attempt(() => { for (const x of range(0, 9, log)) throw new RangeError('inside'); }), log.join());
console.log(attempt(() => { for (const x of { [Symbol.iterator]: 1 }) ; }).split(':')[0]);
console.log(attempt(() => { for (const x of {}) ; }).split(':')[0]);
console.log(attempt(() => { for (const x of { [Symbol.iterator]() { return 1; } }) ; }));
console.log(attempt(() => { for (const x of { [Symbol.iterator]() { return { next() { return 1; } }; } }) ; }));
var throwing = { [Symbol.iterator]() { return { next() { throw new TypeError('next'); }, return() { log.push('never'); } }; } };
console.log(attempt(() => { for (const x of throwing) ; }), log.length);
var bad = { [Symbol.iterator]() { return { next() { return { value: 1, done: false }; }, return() { throw new TypeError('close'); } }; } };
console.log(attempt(() => { for (const x of bad) throw new RangeError('first'); }));
console.log(attempt(() => { for (const x of bad) break; }));
function finish() { try { for (const x of range(0, 5, log)) return 'returned ' + x; } finally { log.push('finally'); } }
console.log(finish(), log.join('; '));
var it = ['x', 'y'][Symbol.iterator]();
console.log(JSON.stringify(it.next()), it[Symbol.iterator]() === it, [...it].join(), JSON.stringify(it.next()));
for (const [i, v] of ['a', 'b'].entries()) console.log(i, v);
console.log([...[5, , 6].keys()].join(), [...[5, , 6].values()].length, [...'añ𝒳'].length, 'ab'[Symbol.iterator]().next().value);
console.log(Array.prototype.values === Array.prototype[Symbol.iterator], (function () { return [...arguments].join('-'); })(1, 2));
const old = Array.prototype[Symbol.iterator];
Array.prototype[Symbol.iterator] = function () { let i = this.length; const a = this; return { next: () => ({ done: i === 0, value: a[--i] }) }; };
console.log([...[1, 2, 3]].length); let back = ''; for (const x of [1, 2, 3]) back += x; console.log(back);
Array.prototype[Symbol.iterator] = old;
const proto = Object.getPrototypeOf([][Symbol.iterator]()), next = proto.next;
proto.next = function () { const r = next.call(this); if (!r.done) r.value *= 10; return r; };
back = ''; for (const x of [1, 2, 3]) back += x + ','; console.log(back);
