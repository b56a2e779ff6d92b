// The error constructors: names, messages, inheritance, conversion to string.
"use strict";
var types = [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError];
types.forEach(function (T) {
    var e = new T("msg"), f = T("called");
    console.log(e.name, e.message, String(e), e instanceof T, e instanceof Error, f instanceof T, f.message, T.name, T.length, T.prototype.name, JSON.stringify(T.prototype.message));
});
console.log(Object.getPrototypeOf(TypeError) === Error, Object.getPrototypeOf(TypeError.prototype) === Error.prototype, TypeError.prototype.constructor === TypeError, Object.prototype.toString.call(new RangeError()));
var e = new Error("text");
console.log(e.hasOwnProperty("message"), new Error().hasOwnProperty("message"), new Error(undefined).hasOwnProperty("message"), e.hasOwnProperty("name"), Object.keys(e).length, typeof e.stack, new Error("").hasOwnProperty("message"));
console.log(new Error(5).message === "5", new Error(null).message, new Error({}).message, new Error([1, 2]).message, new Error("a", "b").message);
var d = Object.getOwnPropertyDescriptor(e, "message");
console.log(d.value, d.writable, d.enumerable, d.configurable);
e.message = "changed"; e.name = "Custom"; e.code = 42;
console.log(String(e), e.code, e + "", "" + [e]);
