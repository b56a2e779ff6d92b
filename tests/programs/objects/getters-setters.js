// Accessors: this, inheritance, missing halves, interaction with assignment operators.
"use strict";
var log = [];
var o = {
    n: 1,
    get v() { log.push("get"); return this.n; },
    set v(x) { log.push("set" + x); this.n = x; }
};
o.v += 5; o.v++; --o.v;
console.log(o.v, log.join());
var child = Object.create(o);
child.v = 100;
console.log(child.n, o.n, child.hasOwnProperty("v"), child.hasOwnProperty("n"), child.v);
var ro = { get x() { return "ro"; } }, wo = { set x(v) { this.seen = v; } };
try { ro.x = 1; } catch (e) { console.log(e.name, ro.x); }
wo.x = 5;
console.log(wo.x, wo.seen);
try { Object.create(ro).x = 2; } catch (e) { console.log(e.name); }
var lazy = { get big() { var v = "computed"; Object.defineProperty(this, "big", { value: v }); return v; } };
console.log(lazy.big, Object.getOwnPropertyDescriptor(lazy, "big").value, lazy.big);
var idx = { get 0() { return "zero"; }, get "a b"() { return "spaced"; }, get get() { return "get"; }, get set() { return "set"; } };
console.log(idx[0], idx["a b"], idx.get, idx.set);
console.log(delete idx.get, idx.get, "set" in idx);
var prim = [];
Object.defineProperty(String.prototype, "half", { configurable: true, get: function () { return this.slice(0, this.length / 2); } });
console.log("abcd".half);
delete String.prototype.half;
var chain = { get self() { return this; }, k: 1 };
console.log(chain.self.self.self.k);
