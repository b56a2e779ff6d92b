"use strict";
// Properties of the prototypes that are indices: seen in holes and beyond the end, also by arrays that exist already.
var before = [1, , 3];
var flags = [true, , false];
console.log(before[1], flags[1], before[5]);
Object.defineProperty(Array.prototype, 1, {
    get: function () { return "inherited"; },
    set: function (v) { console.log("setter got", v); },
    configurable: true,
});
console.log(before[1], flags[1], [][1], [true][1]);
before[1] = 10;
flags[1] = true;
console.log(Object.keys(before).join(), Object.keys(flags).join());
var after = [, , 5];
after[1] = 2;
console.log(Object.keys(after).join(), after[1]);
Object.prototype[3] = "from object";
console.log(before[3], after[3], flags[3], [0, 1, 2, 4][3]);
delete Object.prototype[3];
delete Array.prototype[1];
before[1] = 20;
console.log(before[1], flags[1], before[3], before);
var pushed = [];
Array.prototype.push = function (x) { this[this.length] = "<" + x + ">"; return -1; };
console.log(pushed.push(1), pushed.push(true), pushed);
for (var i = 0; i < 3; i++) pushed.push(i);
console.log(pushed);
