"use strict";
function P(x, y) { this.x = x; this.y = y; this.n = 0; }
function run() {
  var p = new P(1, 2);
  var q = { x: 5, y: 7, n: 0 };
  for (var i = 0; i < 500000; i++) {
    p.x = (p.x + q.y) & 0xffff;
    p.y = (p.y + q.x + p.x) & 0xffff;
    q.x = (q.x + p.y) & 0xff;
    p.n = p.n + 1;
    q.n = p.n;
  }
  var counts = {};
  var keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  for (var k = 0; k < 50000; k++) {
    var key = keys[k & 7];
    if (counts[key] === undefined) counts[key] = 0;
    counts[key] = counts[key] + 1;
  }
  return p.x + p.y + p.n + q.x + q.n + counts.a + counts.h;
}

console.log(run());
