// Object.create, getPrototypeOf, setPrototypeOf, isPrototypeOf.
"use strict";
var base = { greet: function () { return "hi " + this.name; } };
var o = Object.create(base);
o.name = "o";
console.log(o.greet(), Object.getPrototypeOf(o) === base, base.isPrototypeOf(o), Object.prototype.isPrototypeOf(o));
var bare = Object.create(null);
bare.x = 1;
console.log(Object.getPrototypeOf(bare), "toString" in bare, bare.x, Object.keys(bare).join());
try { "" + bare; } catch (e) { console.log(e.name); }
console.log(Object.getPrototypeOf([]) === Array.prototype, Object.getPrototypeOf(function () { }) === Function.prototype);
console.log(Object.getPrototypeOf("s") === String.prototype, Object.getPrototypeOf(1) === Number.prototype, Object.getPrototypeOf(true) === Boolean.prototype);
try { Object.getPrototypeOf(null); } catch (e) { console.log(e.name); }
console.log(Object.getPrototypeOf(Object.prototype), Object.getPrototypeOf(Function.prototype) === Object.prototype);
var other = { greet: function () { return "bye " + this.name; } };
console.log(Object.setPrototypeOf(o, other) === o, o.greet(), Object.setPrototypeOf(o, null) === o, o.greet);
var x = {}, y = Object.create(x);
try { Object.setPrototypeOf(x, y); } catch (e) { console.log(e.name); }
try { Object.setPrototypeOf(x, 5); } catch (e) { console.log(e.name); }
try { Object.setPrototypeOf(Object.preventExtensions({}), {}); } catch (e) { console.log(e.name); }
var chain = null;
for (var i = 0; i < 10; i++) { chain = Object.create(chain); chain["k" + i] = i; }
console.log(chain.k0, chain.k9, chain.k10, "k5" in chain);
console.log(Object.getPrototypeOf(new TypeError()) === TypeError.prototype, Object.getPrototypeOf(TypeError.prototype) === Error.prototype);
