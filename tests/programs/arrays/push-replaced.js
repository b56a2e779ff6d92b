"use strict";
// A method that the program puts in the place of `push` is called, for literals too.
const list = [];
list.push(1);
const other = [];
Object.setPrototypeOf(other, { push(value) { console.log("mine", value); } });
other.push(2);
console.log(other.length);
const original = Array.prototype.push;
Array.prototype.push = function (value) {
  return original.call(this, -value);
};
list.push(3);
console.log(list.join());
Array.prototype.push = original;
list.push(5);
const own = [];
own.push = (value) => console.log("own", value);
own.push(6);
console.log(list.join(), own.length);
