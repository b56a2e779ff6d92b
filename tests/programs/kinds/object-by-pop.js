"use strict";
var stack = [];
stack.push({ toString: function () { return "top"; } });
stack.push(1);
console.log(stack.pop() + 1);
console.log("<" + stack.pop() + ">");
