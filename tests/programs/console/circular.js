// Cycles and repeated references.
"use strict";
var a = { name: "a" };
a.self = a;
console.log(a);
var list = [1];
list.push(list, 2);
console.log(list);
var p = { n: "p" }, q = { n: "q", p: p };
p.q = q;
console.log(p);
console.log(q);
console.log([p]);
console.log({ first: a, second: list });
var shared = { s: 1 };
console.log([shared, shared], { x: shared, y: shared });
var both = { a: {}, b: {} };
both.a.up = both; both.b.a = both.a; both.a.me = both.a;
console.log(both);
function Node2(v) { this.v = v; this.next = this; }
console.log(new Node2(1));
var deep = { l1: { l2: { l3: {} } } };
deep.l1.l2.l3.top = deep;
console.log(deep);
