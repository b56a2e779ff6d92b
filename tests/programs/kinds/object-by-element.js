"use strict";
// An object in an array that mostly has numbers, converted.
var list = [1, 2, 3];
list[1] = { valueOf: function () { return 20; } };
var i, sum = 0;
for (i = 0; i < 3; i++) sum += list[i] * 2;
console.log(sum);
