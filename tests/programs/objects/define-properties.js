// Object.defineProperties and the second argument of Object.create.
"use strict";
var o = Object.defineProperties({}, {
    a: { value: 1, enumerable: true },
    b: { get: function () { return this.a + 1; }, enumerable: true, configurable: true },
    c: { value: 3, writable: true }
});
console.log(o.a, o.b, o.c, Object.keys(o).join());
o.c = 4;
console.log(o.c);
try { o.a = 2; } catch (e) { console.log(e.name); }
var p = Object.create(o, { own: { value: "own", enumerable: true }, a: { value: "shadow" } });
console.log(p.own, p.a, p.b, Object.keys(p).join());
var descs = Object.create({ inherited: { value: 1 } }, { hidden: { value: { value: 2 } } });
descs.shown = { value: 3 };
var q = Object.defineProperties({}, descs);
console.log(Object.getOwnPropertyNames(q).join());
try { Object.defineProperties({}, { x: 1 }); } catch (e) { console.log(e.name); }
try { Object.defineProperties(1, {}); } catch (e) { console.log(e.name); }
try { Object.create({}, null); } catch (e) { console.log(e.name); }
console.log(Object.keys(Object.create({ a: 1 }, undefined)).length);
var proto = Object.create({}, { enumerable: { value: true } });
var desc = Object.create(proto);
desc.value = "through inherited attribute";
console.log(Object.keys(Object.defineProperty({}, "k", desc)).join(), Object.defineProperty({}, "k", desc).k);
var truthy = Object.defineProperty({}, "t", { value: 1, enumerable: "yes", writable: 0 });
console.log(Object.keys(truthy).join(), Object.getOwnPropertyDescriptor(truthy, "t").writable);
