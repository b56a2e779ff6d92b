// Conditions that are results of functions: what they decide, in which order, and what they leave.
"use strict";
class Task {
  constructor(state, next) { this.state = state; this.next = next; this.asked = 0; }
  blocked() { return (this.state & 4) !== 0 || this.state === 2; }
  ready() { this.asked++; return !this.blocked() && this.next !== null; }
  either(a, b) { return a && b; }
}
let task = new Task(4, new Task(2, new Task(0, new Task(1, null))));
const seen = [];
while (task !== null) {
  if (task.blocked()) seen.push("b" + task.state);
  else if (task.ready()) seen.push("r" + task.state);
  else seen.push("n" + task.state);
  task = task.next;
}
console.log(seen.join());

let calls = "";
function yes(name) { calls += name; return true; }
function no(name) { calls += name; return false; }
function both(a, b) { return a && b; }
function some(a, b) { return a || b; }
for (const a of [yes, no]) for (const b of [yes, no]) {
  if (a("a") && b("b")) calls += "+"; else calls += "-";
  if (a("c") || b("d")) calls += "+"; else calls += "-";
  if (!(a("e") || !b("f"))) calls += "!"; else calls += "?";
  if (both(a("g"), b("h"))) calls += "1"; else calls += "0";
  if (!some(a("i"), b("j"))) calls += "1"; else calls += "0";
}
console.log(calls);

function choose(n) { return n > 3 ? true : n > 1 ? null : n > 0 ? "" : n; }
for (const n of [5, 2, 1, 0, -1, NaN]) console.log(choose(n) ? "true" : "false", some(choose(n), choose(n - 1)) === choose(n));

// A value that is tested and used afterwards.
function first(list) {
  const found = list.length > 2 || list[0];
  if (found) return found;
  return typeof found;
}
console.log(first([1, 2, 3]), first([7]), first([0]), first([]));

// The test is the head of a loop.
function count(limit) {
  let n = 0, more = limit > 0;
  while (more) { n += 2; more = n < limit || n === 4; }
  do { n++; } while (both(n < 9, n % 5 !== 0));
  return n;
}
console.log(count(0), count(3), count(4), count(20));

// Nested: each arm passes its own boolean.
function kind(x) {
  const small = typeof x === "number" ? x < 10 : typeof x === "string" ? x.length < 3 : x === null;
  if (small) return "small";
  return "large";
}
console.log(kind(3), kind(30), kind("ab"), kind("abc"), kind(null), kind(undefined));
try {
  if (some(false, (() => { throw new Error("late"); })())) calls = "";
} catch (e) {
  console.log(e.message, calls.length);
}
