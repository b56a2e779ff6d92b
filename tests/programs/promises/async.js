"use strict";
const wait = (ms, v) => new Promise(r => setTimeout(r, ms, v));
async function add(a, b) { const x = await a, y = await b; return x + y; }
async function fails() { await null; throw new RangeError('async'); }
async function main() {
  console.log('main starts');
  console.log(await add(1, wait(5, 2)));
  try { await fails(); } catch (e) { console.log(e.name, e.message); }
  finally { console.log('finally', await wait(1, 'waited')); }
  const results = [];
  for (const ms of [3, 1, 2]) results.push(await wait(ms, ms));
  console.log(results.join());
  const all = await Promise.all([3, 1, 2].map(async ms => { await wait(ms); return ms * 10; }));
  console.log(all.join());
  const arrow = async x => x * 2;
  console.log(await arrow(21), await 'plain', await { then(f) { f('thenable'); } });
  const o = { n: 7, async m() { await 0; return this.n; } };
  console.log(await o.m());
  class C { #v = 5; async get() { await null; return this.#v; } static async make() { return new C(); } }
  console.log(await (await C.make()).get());
  async function defaults(a = fail()) { return a; }
  function fail() { throw new TypeError('in default'); }
  await defaults().catch(e => console.log(e.message));
  let depth = 0;
  async function recurse(n) { if (n === 0) return 0; depth++; return 1 + await recurse(n - 1); }
  console.log(await recurse(6), depth);
  return 'done';
}
const result = main();
result.then(v => console.log(v));
console.log('script ends', result instanceof Promise, Object.prototype.toString.call(result));
(async () => { console.log('a1'); await null; console.log('a2'); })();
(async () => { console.log('b1'); await null; console.log('b2'); })();
Promise.resolve().then(() => console.log('p1')).then(() => console.log('p2')).then(() => console.log('p3'));
(async () => { await (async () => { await null; })(); console.log('nested done'); })();
