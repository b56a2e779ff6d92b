"use strict";
function run() {
  var seed = 42, a = [], i;
  for (i = 0; i < 10000; i++) {
    seed = (seed * 1103 + 12345) % 65536;
    a.push(seed);
  }
  a.sort(function (x, y) { return x - y; });
  var h = 0;
  for (i = 0; i < a.length; i++) h = (h * 31 + a[i]) % 1000003;
  return h;
}

console.log(run());
