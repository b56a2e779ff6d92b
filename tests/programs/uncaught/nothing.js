// exit: 1
// stderr: Uncaught TypeError: Cannot read properties of null (reading 'value')
// The property of an object that is not there, in a program whose objects all come from literals.
"use strict";
let list = { next: null, value: 1 };
list = { next: list, value: 2 };
let sum = 0;
for (let i = 0; i < 3; i++) {
  sum += list.value;
  console.log("sum " + sum);
  list = list.next;
}
