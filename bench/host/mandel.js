"use strict";
function run() {
  var w = 128, h = 128, max = 100, sum = 0;
  for (var py = 0; py < h; py++) {
    var y0 = (py / h) * 2 - 1;
    for (var px = 0; px < w; px++) {
      var x0 = (px / w) * 3.5 - 2.5;
      var x = 0, y = 0, it = 0;
      while (x * x + y * y <= 4 && it < max) {
        var t = x * x - y * y + x0;
        y = 2 * x * y + y0;
        x = t;
        it++;
      }
      sum += it;
    }
  }
  return sum;
}

console.log(run());
