"use strict";
// Arrays that a called function hands on and changes.
function pass(list) { return list; }
function change(f, list) { f(list); }
var numbers = [5, 6];
change(function (list) { list[0] = "9"; }, pass(numbers));
console.log(numbers[0] * 2, numbers[1] * 2);
