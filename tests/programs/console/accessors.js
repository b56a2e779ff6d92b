// Getters and setters are shown, not called.
"use strict";
var o = { get g() { throw "called"; }, set s(v) { }, get b() { return 1; }, set b(v) { }, plain: 1 };
console.log(o, [o], { o: o });
Object.defineProperty(o, "hidden", { get: function () { return 1; } });
Object.defineProperty(o, "shown", { get: function () { return 1; }, enumerable: true });
console.log(o);
var f = function () { };
Object.defineProperty(f, "acc", { get: function () { return 1; }, enumerable: true });
console.log(f);
var arr = [1, 2];
Object.defineProperty(arr, "acc", { get: function () { return 1; }, enumerable: true });
console.log(arr);
console.log({ get a() { return 1; } }, { set a(v) { } }, { get toString() { return 1; } });
console.log({ toString: function () { return "not used"; } }, { valueOf: function () { return 1; } }, { toJSON: function () { return 1; } }, [{ toString: 1 }]);
