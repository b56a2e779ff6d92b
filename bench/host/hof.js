"use strict";
function run() {
  var a = [], i, t = 0;
  for (i = 0; i < 1000; i++) a.push(i);
  for (var r = 0; r < 100; r++) {
    t += a.map(function (x) { return x * 2 + r; })
      .filter(function (x) { return x % 3 === 0; })
      .reduce(function (s, x) { return s + x; }, 0);
  }
  return t;
}

console.log(run());
