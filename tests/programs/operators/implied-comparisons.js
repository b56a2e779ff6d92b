"use strict";
// Tests that an earlier one decides, and tests that only look so.
function span(lo, hi) {
  let turns = 0;
  while (lo < hi) {
    let i = lo, j = hi;
    while (i <= j) {
      i++;
      j--;
      turns++;
    }
    lo = i;
  }
  return turns;
}
console.log(span(0, 9), span(3, 3), span(5, 2), span(0.5, 4), span(NaN, 1), span(0, NaN));

function order(a, b) {
  if (a < b) return a <= b ? (b < a ? "wrong" : "less") : "wrong";
  return b <= a ? (a === b ? "same" : "greater") : "unordered";
}
console.log(order(1, 2), order(2, 1), order(2, 2), order(NaN, 1), order(0, -0), order(1.5, NaN));

function crossing(a, b, n) {
  const seen = [];
  // The values change from turn to turn, so each test counts.
  while (a < b && n-- > 0) {
    const t = a;
    a = b - 3;
    b = t + 1;
    seen.push(a <= b, b < a);
  }
  return seen.join();
}
console.log(crossing(0, 9, 5), crossing(0, 3, 5), crossing(1, 4, 5));

function swapped(a, b, n) {
  let count = 0;
  do {
    if (a < b) count++;
    const t = a;
    a = b;
    b = t;
  } while (n-- > 0);
  return count;
}
console.log(swapped(1, 2, 5), swapped(1, 1, 5), swapped(1 | 0, 2 & -1, 4));
console.log((2.7 | 0) | 0, ((5 | 0) ^ 0) + 0, (-1 >>> 0) >>> 0, (3 << 0) * 1);
