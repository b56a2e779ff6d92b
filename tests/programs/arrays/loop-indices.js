"use strict";
// Indices that loops compute: in nested loops, beyond the ends, negative, and too large for an integer.
const grid = [];
for (let i = 0; i < 12; i++) grid.push(i * i);
function at(rows, columns, stride, first) {
  let out = "";
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out += grid[i * stride + j + first] + ",";
  }
  return out;
}
console.log(at(3, 4, 4, 0));
console.log(at(2, 3, 5, 8));
console.log(at(2, 3, 1, -2));
console.log(at(2, 2, 0x7fffffff, 0));
console.log(at(2, 2, 0x80000000, 1));
console.log(at(2, 2, 0.5, 0));

// Properties that look like indices and are none.
const odd = [1, 2];
odd[-1] = "minus";
odd[4294967295] = "beyond";
odd[0.5] = "half";
odd["01"] = "zero";
let out = "";
for (let i = -2; i < 3; i++) out += odd[i] + ",";
for (let i = 4294967294; i < 4294967297; i++) out += odd[i] + ",";
for (let i = 0; i < 1.5; i += 0.5) out += odd[i] + ",";
console.log(out, odd.length);

// Elements of other kinds, in the loop that reads them.
const kinds = [true, false, true];
let all = "";
for (let i = 0; i < 6; i++) {
  if (i === 1) kinds[1] = 5;
  if (i === 2) kinds.push(0.5);
  if (i === 3) kinds[4] = "text";
  all += kinds[i] + ",";
}
console.log(all);

// The same array under two names, with a store between two reads.
function alias(x, y) {
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    sum += x[i];
    y[i] = 100 + i;
    sum += x[i];
  }
  return sum;
}
const same = [1, 2, 3];
console.log(alias(same, same), alias([1, 2, 3], [0, 0, 0]));

// Holes, with an index on the prototype from some turn on.
const holes = [1, , 3, , 5];
let read = "";
for (let i = 0; i < 5; i++) {
  if (i === 2) Array.prototype[3] = "inherited";
  read += holes[i] + ",";
}
delete Array.prototype[3];
console.log(read);

// Sums beyond 31 and 32 bits, and products that are -0.
const large = [1073741823, 1073741823, 2147483647, 4294967295, -0, -5, 0];
let sum = 0, product = 1;
for (let i = 0; i < large.length; i++) sum += large[i];
for (let i = 5; i < 7; i++) product *= large[i];
console.log(sum, Object.is(product, -0), Object.is(large[4], -0), large[2] * large[2]);
let bits = 0;
for (let i = 0; i < 4; i++) bits = (bits * 31 + large[i]) | 0;
console.log(bits);
