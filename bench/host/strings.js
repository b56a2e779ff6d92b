"use strict";
function run() {
  var total = 0;
  for (var r = 0; r < 20; r++) {
    var s = '';
    for (var i = 0; i < 1000; i++) {
      s += 'item' + i + ',';
    }
    var parts = s.split(',');
    var joined = parts.join(';');
    total += joined.length + parts.length;
    for (var k = 0; k < joined.length; k++) {
      if (joined.charCodeAt(k) === 59) total++;
    }
  }
  return total;
}

console.log(run());
