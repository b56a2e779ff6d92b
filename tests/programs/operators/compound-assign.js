// Compound assignment on variables, properties, elements; values of assignment expressions.
"use strict";
var x = 10;
console.log(x += 5, x -= 3, x *= 2, x /= 4, x %= 4, x <<= 3, x >>= 1, x >>>= 1, x |= 9, x &= 12, x ^= 5);
var s = "a";
s += 1; s += null; s += [2, 3]; s += undefined;
console.log(s, s -= 1);
var o = { p: 1, q: { r: "s" } }, a = [1, 2, 3], i = 0;
o.p += o.p += 5;
o.q.r += o.p;
a[i++] += 10; a[i++] *= a[i]; a[a.length - 1] -= 0.5;
console.log(o.p, o.q.r, a.join(), i);
var c, d, e = c = d = 4;
console.log(c, d, e, (c = 1) + (d = c + 1));
var n = { k: 1 }, m = n;
n.x = n = { k: 2 };
console.log(m.x === n, n.x, m.k);
var log = "", obj = { get v() { log += "g"; return 5; }, set v(y) { log += "s"; } };
console.log(obj.v = 9, obj.v += 1, log);
var u;
u += 1;
console.log(u, (u = "s") + (u += "t"), u);
let l = 1;
{ l += 1; let k = l; k *= 10; l = k; }
console.log(l);
function f(p) { p += 1; arguments[0] += 10; return p + "," + arguments[0]; }
console.log(f(1));
var chain = a[0] = o.p = "end";
console.log(chain, a[0], o.p);
