// Sums of products, of small integers and of what is none.
"use strict";
function dot(a, b, start) {
  let sum = start;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
const MAX = 1073741823;
console.log(dot([1, 2, 3], [4, 5, 6], 0), dot([-1, 2], [3, -4], 7), dot([], [], "none"));
// Past the small integers: the product, the sum, both ends.
console.log(dot([MAX], [1], 0), dot([MAX], [1], 1), dot([-MAX, -1], [1, 1], 0), dot([-MAX - 1], [1], -1));
console.log(dot([65536], [65536], -4294967296), dot([-65536], [32768], 2147483647), dot([46341], [46341], 0));
// Zeros and their signs.
console.log(Object.is(dot([0], [-5], 0), 0), Object.is(dot([0], [-5], -0), -0), Object.is(dot([-5], [0], -0), -0), Object.is(dot([0], [5], -0), 0));
// Doubles, strings, others.
console.log(dot([0.5, 1.5], [2, 3], 1), dot([1], [2], 0.25), dot([2], [3], "s"), dot(["4"], [true], 1), dot([null], [3], 5));
console.log(dot([undefined], [3], 5), dot([1], [2], undefined), dot([1], [2], null), dot([[7]], ["2"], [1]));
let order = "";
const thing = (name, value) => ({ valueOf() { order += name; return value; } });
console.log(dot([thing("x", 3), 2], [thing("y", 5), thing("z", 0.5)], thing("s", 1)), order);
try {
  dot([1, { valueOf() { throw new Error("stop"); } }], [1, 1], 0);
} catch (e) {
  console.log(e.message);
}
// The product is kept, or on the left.
function kept(a, b, c) { const product = a * b; return [c + product, product]; }
function left(a, b, c) { return a * b + c; }
function twice(a) { return a + a * a; }
console.log(kept(3, 4, 5), left(3, 4, 5), left(2, 3, "s"), twice(9), twice(40000), twice("3"));
let poly = 0;
for (const c of [3, 0, -2, 1]) poly = c + poly * 10;
console.log(poly);
