"use strict";
// Attributes, locks and own properties of arrays of constants and of words.
function attempt(name, f) {
    try { console.log(name, f()); } catch (e) { console.log(name, e.name + ": " + e.message); }
}
function both(name, f) {
    attempt(name + " flags", function () { return f([true, false, true]); });
    attempt(name + " words", function () { return f([1, "b", {}]); });
}
both("freeze", function (a) { Object.freeze(a); a[1] = false; return a; });
both("freeze push", function (a) { Object.freeze(a); a.push(true); return a; });
both("freeze read", function (a) { Object.freeze(a); return [a[0], a.length, Object.isFrozen(a)].join(); });
both("seal", function (a) { Object.seal(a); a[1] = null; a[0] = 5; return a; });
both("seal delete", function (a) { Object.seal(a); delete a[1]; return a; });
both("extend", function (a) { Object.preventExtensions(a); a[3] = true; return a; });
both("extend push", function (a) { Object.preventExtensions(a); a.push(true); return a; });
both("shrink sealed", function (a) { Object.seal(a); try { a.length = 0; } catch (e) { return e.name; } return a; });
both("accessor", function (a) {
    Object.defineProperty(a, 1, { get: function () { return "got"; }, configurable: true, enumerable: true });
    return [a[1], a.length, a.join(), Object.keys(a).join()].join(" ");
});
both("readonly", function (a) { Object.defineProperty(a, "1", { writable: false }); a[1] = true; return a; });
both("hidden", function (a) { Object.defineProperty(a, 2, { enumerable: false }); return Object.keys(a).join(); });
both("redefine", function (a) { Object.defineProperty(a, 0, { value: true }); a[0] = false; return a; });
both("define", function (a) {
    Object.defineProperty(a, 5, { value: false, writable: true, enumerable: true, configurable: true });
    return [a.length, a[5], 4 in a].join();
});
both("descriptor", function (a) { return JSON.stringify(Object.getOwnPropertyDescriptor(a, 0)); });
both("length locked", function (a) { Object.defineProperty(a, "length", { writable: false }); a[0] = null; try { a[3] = true; } catch (e) { return e.name + a.join(); } return a; });
both("names", function (a) { a.name = "n"; a.push(false); a[0] = 1; return a; });
both("own push", function (a) { a.push = function (x) { return "own " + x; }; return a.push(true) + a.length; });
both("bad length", function (a) { a.length = -1; return a; });
both("for in", function (a) { var s = "", k; for (k in a) s += k + ":" + a[k] + " "; return s; });
both("out of range", function (a) { return [a[-1], a[3], a[1e9], a[1.5], a["1"], a["01"]].join("|"); });
both("negative set", function (a) { a[-1] = 2; a[1.5] = 3; return a.length + Object.keys(a).join(); });
var like = { length: 2, 0: true, 1: false };
console.log(Array.prototype.map.call(like, function (x) { return !x; }), Array.prototype.push.call(like, 1), like);
console.log(Array.from(like), Array.from({ length: 2 }), Array.of(true, null));
