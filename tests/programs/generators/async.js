"use strict";
const wait = (ms, v) => new Promise(r => setTimeout(r, ms, v));
async function* numbers(n) { try { for (let i = 0; i < n; i++) { const sent = yield wait(1, i); if (sent) console.log('sent', sent); } return wait(1, 'end'); } finally { console.log('cleanup', n); } }
async function* outer() { const r = yield* numbers(2); console.log('delegated', r); yield* [wait(1, 'x'), 'y']; try { yield 'z'; } catch (e) { console.log('caught', e.message); yield 'recovered'; } }
async function main() {
  for await (const x of numbers(3)) console.log(x);
  for await (const x of numbers(9)) { if (x === 1) break; }
  for await (const x of [wait(2, 'a'), 'b', Promise.resolve('c')]) console.log(x);
  const seen = [];
  for await (const x of outer()) seen.push(x);
  console.log(seen.join());
  const g = numbers(5);
  console.log(JSON.stringify(await Promise.all([g.next(), g.next('hi'), g.return('early'), g.next()])));
  const o = outer();
  for (let i = 0; i < 5; i++) await o.next();
  console.log(JSON.stringify(await o.throw(new Error('thrown'))), JSON.stringify(await o.next()));
  const source = { [Symbol.asyncIterator]() { let i = 0; return { async next() { return { value: i, done: i++ >= 2 }; }, async return() { console.log('source closed'); return {}; } }; } };
  for await (const x of source) console.log('s', x);
  for await (const x of source) break;
  try { for await (const x of source) throw new RangeError('inside'); } catch (e) { console.log(e.name); }
  try { for await (const x of [Promise.reject(new TypeError('rejected'))]); } catch (e) { console.log(e.message); }
  class Log { #items = ['p', 'q']; async *[Symbol.asyncIterator]() { for (const i of this.#items) { await null; yield i; } } static async *of(...a) { yield* a; } }
  for await (const x of new Log()) console.log(x);
  for await (const x of Log.of(1, 2)) console.log(x);
  console.log(Object.prototype.toString.call(numbers(1)), await (async function* () {})().return(7).then(r => r.value));
  console.log(await numbers(1).throw(new Error('t')).catch(e => e.message));
}
main().then(() => console.log('done'), e => console.log('failed', e.stack));
