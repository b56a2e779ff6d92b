"use strict";
function run() {
  var total = 0;
  for (var i = 0; i < 1000; i++) {
    var o = { id: i, name: 'node' + i, tags: ['a', 'b', 'c'], pos: { x: i * 2, y: i + 0.5 }, ok: true, nil: null };
    var s = JSON.stringify(o);
    var p = JSON.parse(s);
    total += p.pos.x + p.tags.length + s.length + p.name.length;
  }
  return total;
}

console.log(run());
