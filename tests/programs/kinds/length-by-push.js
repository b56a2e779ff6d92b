"use strict";
// While a prototype has an element, arrays are not simple: `push` then works by assignments.
Array.prototype[1] = 0;
var list = [1];
console.log(list.push(3), list.length, list[1]);
delete Array.prototype[1];
console.log(list.push(4), list.pop(), list.length);
