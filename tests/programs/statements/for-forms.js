// Every part of a for head may be absent; the update runs after continue.
"use strict";
var out = [];
for (var i = 0, j = 10; i < j; i += 3, j--) out.push(i + ":" + j);
console.log(out.join(" "), i, j);
i = 0;
for (; i < 3;) i++;
console.log(i);
for (;;) { if (i-- <= 0) break; }
console.log(i);
out = [];
for (i = 0; i < 6; i++) { if (i === 2 || i === 4) continue; out.push(i); }
console.log(out.join());
for (var k = 5; k; k--);
console.log(k);
for (var x = 0.1, count = 0; x < 1; x += 0.1) count++;
console.log(count, x.toFixed(3));
for (var a = 1, b = 1, t; a < 50; t = a + b, a = b, b = t) out.push(a);
console.log(out.join());
for (const fixed = { n: 0 }; fixed.n < 2; fixed.n++) console.log("fixed", fixed.n);
for (let u = 0, v = u + 1; v < 4; u++, v += u) console.log(u, v);
