"use strict";
// The length of an array, assigned under a name that is made at run time.
var list = [1, 2, 3], key = "len";
key += "gth";
list[key] = 1;
console.log(list.length, list[1]);
list[key] = "2";
console.log(list.length);
try { list[key] = -1; } catch (e) { console.log(e instanceof RangeError); }
