"use strict";
// An element that objects inherit.
function Base() {}
Base.prototype[0] = "6";
var b = new Base();
console.log(b[0] * 7);
