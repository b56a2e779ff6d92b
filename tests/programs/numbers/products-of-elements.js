"use strict";
// Products, remainders and shifts of values whose types are not known, around the limits of small integers.
const values = [0, 1, -1, 2, -2, 3, 7, -7, 46341, -46341, 65536, -65536, 1073741823, -1073741824, 1073741824, 0.5, -0, NaN, "3", null];
const sign = (x) => (Object.is(x, -0) ? "-0" : x);
for (const a of values) {
  const line = [];
  for (const b of values) line.push(sign(a * b), sign(a % b), a >> b);
  console.log(line.join(" "));
}
