// Arrow functions: bodies, this, arguments, no prototype.
"use strict";
var one = x => x + 1, none = () => 7, two = (a, b) => a * b, body = (x) => { var y = x; return y * 2; };
console.log(one(1), none(), two(3, 4), body(5), (() => { })(), (() => ({ k: 1 }))().k);
var curry = a => b => c => a + b + c;
console.log(curry(1)(2)(3), [1, 2, 3].map(x => x * x).join(), [3, 1, 2].sort((a, b) => b - a).join());
function Timer() {
    this.n = 0;
    this.tick = () => { this.n++; return this.n; };
}
var t = new Timer(), tick = t.tick;
tick(); tick();
console.log(t.n, tick.call({ n: 100 }));
function outer() { return [() => arguments.length, (...r) => arguments[0] + r[0]]; }
var fs = outer("A", "B");
console.log(fs[0](1, 2, 3), fs[1]("z"));
try { new none(); } catch (e) { console.log(e.name); }
console.log(none.prototype, typeof none, none instanceof Function, none.hasOwnProperty("prototype"));
var o = { f: function () { return [1, 2].map(x => this.k * x).join(); }, k: 10 };
console.log(o.f());
console.log((x => y => x)(1)(2), ((a, b = a) => a + b)(2), ((...all) => all.length)(1, 2, 3));
var cond = true ? x => x : y => -y, seq = (1, x => x + 10);
console.log(cond(3), seq(1));
var fact = n => n < 2 ? 1 : n * fact(n - 1);
console.log(fact(10));
console.log((() => { try { return "t"; } finally { } })(), (a => { switch (a) { case 1: return "s"; } })(1));
