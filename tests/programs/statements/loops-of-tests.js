"use strict";
var x = 0;
while (x) while (x) while (x) { }
do do do; while (x) while (x) while (x) x = 39;
x = 0;
do { do { } while (x); } while (x);
console.log(x);
