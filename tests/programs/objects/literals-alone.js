// Programs whose objects all come from literals that name every property have only the code that those need.
"use strict";
function node(value, next) {
  return { value: value, next: next, tags: [0, 0] };
}
let list = null;
for (let i = 0; i < 6; i++) list = node(i * 1.5, list);

// Objects of two literals meet in variables, in properties and in elements.
const other = { next: null, value: "other", count: 0 };
const all = [other];
for (let at = list; at !== null; at = at.next) all.push(at);
let text = "";
for (let i = 0; i < all.length; i++) text += all[i].value + " ";
console.log(text);

// Properties change their kinds, and hold functions.
const machine = { state: 0, run: null, limit: 3 };
function makeRun(step) {
  return function (by) {
    machine.state = machine.state + step * by;
    return machine.state < machine.limit ? machine : null;
  };
}
machine.run = makeRun(1);
let count = 0;
for (let m = machine; m !== null; m = m.run(1)) {
  count++;
  if (count === 2) m.run = makeRun(0.25);
}
console.log("machine " + machine.state + " " + count);
machine.state = "done";
console.log("machine " + machine.state);

// Elements of arrays in properties.
for (let at = list; at !== null; at = at.next) {
  at.tags[0] = at.value > 3;
  at.tags[1] = at.tags[0] ? 1 : 0;
}
let tags = 0;
for (let at = list; at !== null; at = at.next) tags += at.tags[1];
console.log("tags " + tags + " " + list.tags[2] + " " + list.tags[-1]);

// Reads and writes of nothing, which nobody catches: see uncaught/.
list.next.next.value = null;
console.log("value " + list.next.next.value);
