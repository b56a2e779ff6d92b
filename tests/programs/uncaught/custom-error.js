// exit: 1
// stderr: custom message
// An object that inherits from Error.
"use strict";
function MyError(m) { this.message = m; }
MyError.prototype = Object.create(Error.prototype);
MyError.prototype.name = "MyError";
console.log(String(new MyError("shown")));
throw new MyError("custom message");
