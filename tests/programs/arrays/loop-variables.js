"use strict";
// Arrays in variables that a loop reads, and what may give the variables other arrays meanwhile.
const fixed = [1, 2, 3, 4, 5, 6, 7, 8];
let a = [1, 2, 3, 4, 5, 6, 7, 8];
let b = a;
let n = 8;
let log = "";

function sumFixed(scale) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += fixed[i * scale % 8] * scale;
  return sum;
}
console.log(sumFixed(1), sumFixed(3), sumFixed(0));

// The callee replaces the array, and shortens it.
function replace(i) {
  if (i === 3) a = [10, 20, 30, 40, 50, 60];
  if (i === 5) a.length = 6;
  if (i === 6) n = 7;
}
function sumWhileReplacing() {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    replace(i);
    sum += a[i] === undefined ? 1000 : a[i];
  }
  return sum;
}
console.log(sumWhileReplacing(), a.length, n);
n = 8;

// A getter and a conversion in the loop do the same.
const trap = {
  get swap() { a = [-1, -2, -3]; return 1; },
  valueOf() { b = ["x", "y"]; return 2; },
};
a = [1, 2, 3];
for (let i = 0; i < 3; i++) log += a[i] + (i === 1 ? trap.swap : 0) + " ";
for (let i = 0; i < 2; i++) log += b[i] + (+trap) + " ";
console.log(log);

// Stored in the loop itself, on some turns only.
let turn = [0];
for (let i = 0; i < 4; i++) {
  if (i % 2) turn = [i];
  log += turn[0];
}
console.log(log);

// A closure that is called through a value.
let captured = [1, 1, 1];
const change = [() => {}, () => { captured = [5, 5, 5]; }];
function throughValue() {
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    change[i % 2]();
    sum += captured[i];
  }
  return sum;
}
console.log(throughValue());

// A generator is resumed in the loop.
let shared = [7];
function* steps() { yield 1; shared = [8]; yield 2; shared = [9]; yield 3; }
let seen = "";
for (const step of steps()) seen += step + ":" + shared[0] + " ";
console.log(seen);

// Read before it is initialised, in a loop that is not entered, and in one that is.
function early(times) {
  let sum = 0;
  for (let i = 0; i < times; i++) sum += late[i];
  return sum;
}
console.log(early(0));
try { early(1); } catch (e) { console.log(e.name, e.message); }
const late = [1, 2];
console.log(early(2));
