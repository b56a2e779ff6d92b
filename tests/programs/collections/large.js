// Many entries, and keys that move in memory.
// heap: 512k
"use strict"; var m = new Map(), i;
for (i = 0; i < 5000; i++) m.set(i, i + 1);
for (i = 0; i < 5000; i++) m.set("key" + i, i);
var sum = 0;
for (i = 0; i < 5000; i++) sum += m.get(i) - m.get("key" + i);
console.log(m.size, sum);
for (i = 0; i < 5000; i += 3) { m.delete(i); m.delete("key" + i); }
console.log(m.size, m.has(3), m.has(4), m.has("key9"), m.has("key10"));
sum = 0;
m.forEach(function (v) { sum += v; });
console.log(sum);
var objects = [], s = new Set();
for (i = 0; i < 600; i++) { objects.push({ i: i }); s.add(objects[i]); s.add(i + 0.5); }
var garbage = "";
for (i = 0; i < 3000; i++) garbage = ["x" + i, { g: garbage.length }].join();
console.log(objects.every(function (o) { return s.has(o) && s.has(o.i + 0.5); }), s.size, s.has({ i: 1 }));
for (i = 0; i < 600; i += 2) s.delete(objects[i]);
console.log(s.size, s.has(objects[0]), s.has(objects[1]));
