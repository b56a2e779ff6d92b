// The new operator: prototypes, constructors that return objects, arguments of new.
"use strict";
function A(x) { this.x = x; }
A.prototype.get = function () { return this.x; };
var a = new A(1), none = new A;
console.log(a.get(), none.get(), a instanceof A, a.constructor === A, Object.getPrototypeOf(a) === A.prototype);
function RetObj() { this.a = 1; return { b: 2 }; }
function RetNum() { this.a = 1; return 5; }
function RetNull() { this.a = 1; return null; }
function RetFn() { return function () { return "fn"; }; }
console.log(new RetObj().b, new RetObj().a, new RetNum().a, new RetNull().a, new RetFn()());
console.log(new RetObj() instanceof RetObj, new RetNum() instanceof RetNum);
A.prototype = { get: function () { return "new proto"; } };
var late = new A(2);
console.log(a.get(), late.get(), a instanceof A, late instanceof A, late.constructor === Object);
A.prototype = 5;
console.log(Object.getPrototypeOf(new A(1)) === Object.prototype);
var ns = { Inner: function (v) { this.v = v; } };
console.log(new ns.Inner(3).v, new (function () { return ns.Inner; }())(4).v, new ns["Inner"](5).v);
console.log(new (function () { this.anon = true; })().anon);
function Count() { Count.n = (Count.n || 0) + 1; this.args = arguments.length; }
console.log(new Count(1, 2, 3).args, new Count(...[1, 2]).args, Count.n);
console.log(typeof new Number(5), typeof new String("s"), typeof new Boolean(false), new Boolean(false) ? "truthy" : "falsy");
console.log(new Array(3, 4).join(), new Array("3").length, new Object(7) + 1, new Object(null) instanceof Object);
try { new a.get(); console.log("constructed"); } catch (e) { console.log(e.name); }
try { new Math.max(1); } catch (e) { console.log(e.name); }
try { new parseInt("1"); } catch (e) { console.log(e.name); }
