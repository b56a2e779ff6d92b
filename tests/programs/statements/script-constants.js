"use strict";
// Variables at the top that are constants, computed from others, and such that are not.
var PI = 3.25;
var AREA = 4 * PI * PI;
var SIZE = 3, LAST = SIZE - 1;
var seen = before();
var LATE = 5;
var twice = 1;
twice = 2;
var changed = 1;
function before() {
  return [PI, AREA, LAST, LATE, twice].join();
}
function change() {
  changed += LAST;
  return changed;
}
function after() {
  return [PI, AREA, LAST, LATE, twice, changed].join();
}
console.log(seen);
console.log(after(), change(), after());
var reader = () => again;
var again = 1;
console.log(reader());
var again = 2;
console.log(reader());
