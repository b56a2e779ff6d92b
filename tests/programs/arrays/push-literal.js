"use strict";
// Appending to arrays that literals made: of words, of constants, of both, with other properties, frozen, shared.
const words = [], flags = [];
for (let i = 0; i < 20; i++) {
  words.push(i * 3);
  flags.push(i % 3 === 0);
}
flags.push("mixed");
console.log(words.join(), flags.join());

function grow(list, n) {
  while (n-- > 0) list.push(n);
  return list;
}
console.log(grow([7], 5).join());

const named = [1];
named.note = "kept";
named.push(2);
console.log(named.length, named.note, named[1]);

const results = [];
console.log(results.push("a"), results.push(), results.push("b", "c"), results.length);

const frozen = Object.freeze([1, 2]);
try {
  frozen.push(3);
  console.log("not reached");
} catch (error) {
  console.log(error instanceof TypeError, frozen.length);
}

function guarded(list, value) {
  try {
    list.push(value);
    return list.length;
  } catch (error) {
    return error.constructor.name;
  }
}
console.log(guarded([], 1.5), guarded(frozen, 1));

const nested = [];
nested.push(nested);
console.log(nested[0] === nested, [[], [1]].map((list) => { list.push(0); return list.length; }).join());
