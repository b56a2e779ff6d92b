"use strict";
// Comparators that subtract, on numbers and on what is none.
const up = (a, b) => a - b;
const down = function (x, y) { return y - x; };
const show = (list) => console.log(list.map((x) => (Object.is(x, -0) ? "-0" : String(x))).join(" "));

show([5, 3, 9, 1, -7, 0, 2, 8, -1, 4, 6, 7].sort(up));
show([5, 3, 9, 1, -7, 0, 2, 8, -1, 4, 6, 7].sort(down));
show([1073741823, -1073741824, 2147483647, -2147483648, 4294967296, 0, -1].sort(up));
show([1073741823, -1073741824, 2147483647, -2147483648, 4294967296, 0, -1].sort(down));
show([0.5, 2, -0.5, 1e300, -1e300, Infinity, -Infinity, 1, 0].sort(up));
// Neither is less: they keep their order.
show([0, -0, 0, -0].sort(up));
show([-0, 0, -0].sort(down));
show([3, NaN, 1].sort(up));
show([3, undefined, 1, , 2].sort(up));
show(["10", "9", 8, "7", true, null].sort(up));
show([[30], [4], "100", { valueOf() { return 20; } }].sort(down).map(Number));

// What looks alike and is not.
let calls = 0;
const counting = (a, b) => { calls++; return a - b; };
show([2, 1].sort(counting));
console.log(calls);
show([3, 1, 2].sort((a) => a - 2));
show([3, 1, 2].sort((a, b) => a - a));
show([3, 1, 2].sort((a, b = 1) => a - b));
show([1, 2, 3, 4].sort((a, b) => b % 2 - a % 2));

// A conversion throws in the middle.
const trap = { valueOf() { throw new RangeError("no number"); } };
const list = [3, 2, trap, 1];
try { list.sort(up); } catch (e) { console.log(e.name, e.message, list[0], list[1]); }
try { [1, Symbol("s")].sort(up); } catch (e) { console.log(e.name); }

// Enough for several merges, in all orders, with equal ones.
let seed = 7;
const many = [];
for (let i = 0; i < 300; i++) {
  seed = (seed * 1103 + 12345) & 0xffff;
  many.push(seed % 100 - 50);
}
const sorted = many.slice().sort(up);
const reversed = many.slice().sort(down);
let right = true;
for (let i = 1; i < 300; i++) right = right && sorted[i - 1] <= sorted[i] && reversed[i - 1] >= reversed[i];
console.log(right, sorted[0], sorted[150], sorted[299], sorted.sort(up).length);
// Directly, the same function is an ordinary one.
console.log(up(1, 2), down("5", 7), up.length);
