"use strict";
function run() {
  var n = 64;
  var a = new Float64Array(n * n), b = new Float64Array(n * n), c = new Float64Array(n * n);
  var i, j, k;
  for (i = 0; i < n * n; i++) { a[i] = i % 7; b[i] = i % 5; }
  for (var r = 0; r < 4; r++) {
    for (i = 0; i < n; i++) {
      for (j = 0; j < n; j++) {
        var s = 0;
        for (k = 0; k < n; k++) s += a[i * n + k] * b[k * n + j];
        c[i * n + j] = s;
      }
    }
  }
  var t = 0;
  for (i = 0; i < n * n; i++) t += c[i];
  return t;
}

console.log(run());
