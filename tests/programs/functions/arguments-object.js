// The strict arguments object: not linked to the parameters, a real object.
"use strict";
function f(a, b) {
    var r = [arguments.length, a, b];
    a = "changed";
    arguments[1] = "set";
    r.push(arguments[0], b);
    return r.join();
}
console.log(f(1, 2), f(1), f(1, 2, 3, 4));
function type() { return typeof arguments + Object.prototype.toString.call(arguments) + Array.isArray(arguments); }
console.log(type());
function slice() { return Array.prototype.slice.call(arguments, 1).join("-"); }
console.log(slice(1, 2, 3), slice());
function grow() { arguments.length = 1; return arguments.length + Array.prototype.join.call(arguments); }
console.log(grow("a", "b"));
function callee() { try { return arguments.callee; } catch (e) { return e.name; } }
console.log(callee());
function keys() { return Object.keys(arguments).join() + "|" + ("length" in arguments) + arguments.propertyIsEnumerable("length"); }
console.log(keys(7, 8), keys());
function pass() { return f.apply(null, arguments); }
console.log(pass(5, 6, 7));
function nested() { var outer = arguments; return (function () { return arguments.length + outer.length; })(1, 2, 3); }
console.log(nested("x"));
function arrow() { return (() => arguments[0])("inner"); }
console.log(arrow("outer"));
function extra() { arguments[0] = "new"; arguments.p = 1; delete arguments[1]; return [arguments[0], arguments.p, arguments[1], arguments.length].join(); }
console.log(extra(1, 2));
function loop() { var s = 0; for (var i = 0; i < arguments.length; i++) s += arguments[i]; return s; }
console.log(loop(1, 2, 3, 4), loop());
function iter() { var s = ""; for (var x of arguments) s += x; return s; }
console.log(iter("a", "b"));
function shadow(arguments2) { var n = arguments.length; return n; }
console.log(shadow(1, 2));
