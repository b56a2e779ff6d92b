// heap: 32k
// Errors thrown and caught again and again, with values kept across the unwinding.
"use strict";
function fail(n, keep) { var local = { n: n, list: [n, n + 1] }; if (n === 0) throw new RangeError("at " + keep.length); try { fail(n - 1, keep.concat([n])); } finally { local.list.push(local.n); } }
var messages = [];
for (var i = 0; i < 60; i++) { try { fail(i % 6, []); } catch (e) { if (i % 15 === 0) messages.push(e.message); e.extra = { i: i }; } }
console.log(messages.join());
var thrown = [];
for (i = 0; i < 100; i++) { try { throw { i: i, s: "value " + i }; } catch (e) { if (e.i % 25 === 0) thrown.push(e.s); } }
console.log(thrown.join());
var sum = 0;
for (i = 0; i < 100; i++) { try { [1, 2, 3].forEach(function (x) { if (x === 2) throw [x, i]; sum += x; }); } catch (e) { sum += e[1]; } }
console.log(sum);
function deep(n) { return n === 0 ? [] : [deep(n - 1), { n: n }]; }
for (i = 0; i < 20; i++) { try { deep(10)[1].missing.x; } catch (e) { sum += e.name.length; } }
console.log(sum);
