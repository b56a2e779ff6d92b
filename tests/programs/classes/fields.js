"use strict";
var order = [];
function note(x) { order.push(x); return x; }
class A {
  [note('k1')] = note('v1');
  static [note('k2')] = note('v2');
  [note('k3')]() {}
  'quoted' = this.k1 + '!';
  12 = 'twelve';
  fn = () => this;
  anon = function () {};
  arrow = () => 1;
  Inner = class {};
  empty;
  static s1 = this.name + '.s1';
  static { order.push('block'); var local = 1; this.fromBlock = () => local; }
  static s2 = A.s1 + '.s2';
}
order.push('defined');
var a = new A();
console.log(order.join(' '));
console.log(a.quoted, a[12], a.fn() === a, a.anon.name, a.arrow.name, a.Inner.name, 'empty' in a, A.s1, A.s2, A.fromBlock());
console.log(Object.keys(a).join());
class B { constructor() { this.before = this.x; } x = 1; set y(v) { throw new Error('no setter'); } }
class C extends B { y = 2; x = this.x + 1; constructor() { super(); this.z = this.x + this.y; } }
var c = new C();
console.log(c.before, c.x, c.y, c.z, Object.keys(c).join());
var captured = [];
for (let i = 0; i < 3; i++) captured.push(new (class { v = i * 10; get = () => i + this.v; })());
console.log(captured.map(o => o.get()).join());
function outer(p) { return class { field = p + 1; static st = p + 2; m() { return p + 3; } }; }
var O = outer(5);
console.log(new O().field, O.st, new O().m());
var counter = 0;
class D { id = ++counter; nested = new (class { deep = counter; })().deep; }
new D();
console.log(new D().id, new D().nested);
var obj = { __proto__: { hi() { return 'proto ' + this.n; } }, n: 1, hi() { return 'own, ' + super.hi(); }, get up() { return super.hi; } };
console.log(obj.hi(), typeof obj.up);
var setter = { __proto__: { set v(x) { this.seen = x; } }, go() { super.v = 3; super.w = 4; return this.seen + this.w; } };
console.log(setter.go(), Object.keys(setter).join());
class Arrows extends B { constructor() { const f = () => super(); f(); const g = () => super.toString(); this.s = g(); } }
console.log(new Arrows().s);
