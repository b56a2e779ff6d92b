"use strict";
function makeCounter(step) {
  var n = 0;
  return function () { n += step; return n; };
}
function run() {
  var c1 = makeCounter(1), c2 = makeCounter(3);
  var s = 0;
  for (var i = 0; i < 1000000; i++) {
    s = (s + c1()) % 1000003;
    if ((i & 3) === 0) s = (s + c2()) % 1000003;
  }
  return s;
}

console.log(run());
