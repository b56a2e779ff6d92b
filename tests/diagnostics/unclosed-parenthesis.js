"use strict";
console.log((1 + 2;
