"use strict";
class Shape { constructor(k) { this.k = k; } area() { return 0; } }
class Sq extends Shape { constructor(a) { super(1); this.a = a; } area() { return this.a * this.a; } }
class Rect extends Shape { constructor(a, b) { super(2); this.a = a; this.b = b; } area() { return this.a * this.b; } }
class Tri extends Shape { constructor(a, b) { super(3); this.b = b; this.a = a; } area() { return (this.a * this.b) >> 1; } }
function run() {
  var shapes = [new Sq(3), new Rect(2, 5), new Tri(6, 4)];
  var s = 0, j = 0;
  for (var i = 0; i < 1000000; i++) {
    s = (s + shapes[j].area()) & 0xfffffff;
    j++; if (j === 3) j = 0;
  }
  return s;
}

console.log(run());
