// Object.defineProperty: defaults, redefinition, what is refused.
"use strict";
function d(o, k) {
    var p = Object.getOwnPropertyDescriptor(o, k);
    if (!p) return "none";
    var flags = (p.writable ? "w" : "-") + (p.enumerable ? "e" : "-") + (p.configurable ? "c" : "-");
    return "value" in p ? p.value + flags : typeof p.get + "/" + typeof p.set + flags;
}
function bad(f) { try { f(); return "ok"; } catch (e) { return e.name; } }
var o = { plain: 1 };
Object.defineProperty(o, "def", { value: 2 });
Object.defineProperty(o, "empty", {});
Object.defineProperty(o, "acc", { get: function () { return "g"; } });
console.log(d(o, "plain"), d(o, "def"), d(o, "empty"), d(o, "acc"), d(o, "nothing"));
console.log(bad(function () { o.def = 3; }), bad(function () { delete o.def; }), bad(function () { o.acc = 1; }), o.def);
Object.defineProperty(o, "plain", { enumerable: false });
console.log(d(o, "plain"));
Object.defineProperty(o, "plain", { get: function () { return 9; }, enumerable: true });
console.log(d(o, "plain"), o.plain);
Object.defineProperty(o, "plain", { value: 4 });
console.log(d(o, "plain"));
var again = function (desc) { return function () { Object.defineProperty(o, "def", desc); }; };
console.log(bad(again({ value: 2 })), bad(again({ value: 3 })), bad(again({ enumerable: true })), bad(again({ configurable: true })), bad(again({})));
console.log(bad(again({ get: function () { } })), bad(again({ writable: true })), bad(again({ writable: false })));
Object.defineProperty(o, "w", { value: 1, writable: true });
console.log(bad(function () { Object.defineProperty(o, "w", { value: 5 }); }), o.w, bad(function () { Object.defineProperty(o, "w", { writable: false }); }), d(o, "w"));
console.log(bad(function () { Object.defineProperty(o, "x", { get: function () { }, value: 1 }); }), bad(function () { Object.defineProperty(o, "x", { get: 5 }); }), bad(function () { Object.defineProperty(o, "x", 5); }));
console.log(Object.defineProperty(o, "ret", { value: 0 }) === o, d({ get: undefined, a: NaN }, "a"));
Object.defineProperty(o, "nan", { value: NaN });
console.log(bad(function () { Object.defineProperty(o, "nan", { value: NaN }); }), bad(function () { Object.defineProperty(o, "ret", { value: -0 }); }));
