"use strict";
function run() {
  var count = 0;
  for (var iter = 0; iter < 100; iter++) {
    var flags = [];
    var i, k, prime;
    for (i = 0; i < 8192; i++) flags.push(true);
    count = 0;
    for (i = 0; i < 8192; i++) {
      if (flags[i]) {
        prime = i + i + 3;
        for (k = i + prime; k < 8192; k += prime) flags[k] = false;
        count++;
      }
    }
  }
  return count;
}

console.log(run());
