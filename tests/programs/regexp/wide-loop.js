// A loop of exec over a long string with other characters than ASCII takes time in proportion to its length.
// heap: 256k
"use strict"; var s = "ab\u00e9,\ud83d\ude00 ghi\n".repeat(1500), re = /\u00e9|g(h)/g, m, sum = 0, n = 0;
while ((m = re.exec(s))) { n++; sum += m.index + re.lastIndex; }
console.log(n, sum, s.length);
