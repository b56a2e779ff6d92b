"use strict";
// A string that only a property holds becomes a number.
function Box(value) { this.value = value; }
var box = new Box("12");
console.log(box.value * 2, box.value < 100);
