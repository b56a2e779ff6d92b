"use strict";
var list = [1, 2, 3];
list.length = 2;
console.log(list.length, list[2]);
list.length = "1";
console.log(list.length, list[1]);
