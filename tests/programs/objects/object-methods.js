// Methods of Object.prototype, and Object as a function.
"use strict";
var o = { a: 1 };
console.log(o.toString(), o.toLocaleString(), o.valueOf() === o, {}.constructor === Object);
console.log([[], null, undefined, 1, "", true, function () { }, new Error(), Math, JSON].map(function (v) { return Object.prototype.toString.call(v).slice(8, -1); }).join());
console.log((function () { return Object.prototype.toString.call(arguments); })());
console.log(Object(o) === o, typeof Object(1), typeof Object("s"), Object(5) + 5, Object("a") + "b", Object(true) && "truthy");
console.log(Object.keys(Object()).length, Object.keys(Object(null)).length, Object(undefined).toString());
console.log(Object.keys(new Object()).length, new Object("abc").length, new Object(o) === o);
console.log(Object.keys([4, 5]).join(), Object.keys("ab").join(), Object.keys(5).length, Object.getOwnPropertyNames([1]).join());
try { Object.keys(null); } catch (e) { console.log(e.name); }
try { Object.getOwnPropertyNames(undefined); } catch (e) { console.log(e.name); }
console.log({ toString: function () { return "custom"; } } + "", String({ toString: function () { return 5; } }), [{}] + "");
console.log({ valueOf: function () { return 7; } } * 2, { valueOf: function () { return "v"; } } + 1);
console.log(Object.prototype.valueOf.call(5) instanceof Number, typeof Object.prototype.valueOf.call("s"));
try { Object.prototype.valueOf.call(null); } catch (e) { console.log(e.name); }
console.log(Object.prototype.propertyIsEnumerable.call([1], 0), Object.prototype.propertyIsEnumerable.call("a", "length"));
console.log(Object.length, Object.name, Object.prototype.constructor === Object, Object.isExtensible(Object.prototype));
