// instanceof follows the prototype chain; typeof gives one of seven words.
"use strict";
function A() { }
function B() { }
B.prototype = Object.create(A.prototype);
var a = new A(), b = new B();
console.log(a instanceof A, a instanceof B, b instanceof A, b instanceof B, b instanceof Object, A instanceof Function);
var old = A.prototype;
A.prototype = {};
console.log(a instanceof A, new A() instanceof A, old.isPrototypeOf(a), b instanceof A);
console.log(5 instanceof Number, "s" instanceof String, null instanceof Object, undefined instanceof A, (() => 1) instanceof Object);
console.log(new Number(5) instanceof Number, [] instanceof Array, [] instanceof Object, Object.create(null) instanceof Object);
console.log(new RangeError() instanceof Error, new RangeError() instanceof RangeError, new Error() instanceof RangeError);
console.log(Object instanceof Function, Function instanceof Object, Function instanceof Function, Object instanceof Object);
A.prototype = 5;
try { a instanceof A; } catch (e) { console.log(e.name); }
console.log(5 instanceof A);
try { a instanceof {}; } catch (e) { console.log(e.name); }
try { a instanceof (() => 1); } catch (e) { console.log(e.name); }
console.log(Object.create(B.prototype) instanceof B, Object.create(b) instanceof B);
console.log(typeof a, typeof A, typeof null, typeof undefined, typeof 1, typeof "", typeof true, typeof [], typeof NaN, typeof Math, typeof JSON);
console.log(typeof typeof 1, typeof neverDeclared, typeof neverDeclared === "undefined", typeof (1, A), typeof new A(), typeof Object(1), typeof !1);
