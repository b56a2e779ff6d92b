"use strict";
function attempt(f) { try { return f(); } catch (e) { return e.name + ': ' + e.message; } }
class Counter {
  #n = 0;
  #step;
  static #made = 0;
  constructor(step = 1) { this.#step = step; Counter.#made++; }
  next() { this.#n += this.#step; return this.#bump(); }
  #bump() { return this.#n * 10; }
  get #double() { return this.#n * 2; }
  set #double(v) { this.#n = v / 2; }
  twice() { this.#double = this.#double + 4; return this.#double; }
  static has(o) { return #n in o; }
  static peek(o) { return o.#n; }
  static poke(o) { o.#n = 5; }
  static made() { return Counter.#made; }
  static assign(o) { o.#bump = 1; }
  static #hidden() { return 'hidden'; }
  static show() { return this.#hidden(); }
  maybe(o) { return o?.#n; }
  update() { return [this.#n++, ++this.#n, this.#n--, (this.#n ||= 3), this.#n]; }
}
var c = new Counter(2);
console.log(c.next(), c.next(), c.twice(), Counter.has(c), Counter.has({}), Counter.made(), Counter.show());
console.log(Object.keys(c).length, Object.getOwnPropertySymbols(c).length, JSON.stringify(c), c.maybe(null), c.maybe(c));
console.log(attempt(() => Counter.peek({})));
console.log(attempt(() => Counter.poke({})));
console.log(attempt(() => Counter.assign(c)));
console.log(attempt(() => c.next.call({})));
console.log(c.update().join());
Object.freeze(c);
console.log(c.next());
function make() { return class { #x = 1; static test(o) { return #x in o; } static read(o) { return o.#x; } }; }
var A = make(), B = make();
console.log(A.test(new A()), A.test(new B()), attempt(() => A.read(new B())));
class Base { constructor(o) { return o; } }
class Stamp extends Base { #v = 1; static read(o) { return o.#v; } static set(o, v) { o.#v = v; } }
var plain = {};
new Stamp(plain); Stamp.set(plain, 42);
console.log(Stamp.read(plain), attempt(() => new Stamp(plain)));
class Getter { get #g() { return 1; } set #s(v) {} write() { this.#g = 1; } read() { return this.#s; } }
console.log(attempt(() => new Getter().write()));
console.log(attempt(() => new Getter().read()));
class Outer { #o = 'outer'; make() { const self = this; return new (class Inner { #i = 'inner'; both() { return self.#o + this.#i; } })(); } }
console.log(new Outer().make().both());
