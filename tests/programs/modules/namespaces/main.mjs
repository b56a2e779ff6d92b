// Namespace objects.
import * as ns from "./values.mjs";
import * as self from "./main.mjs";

export const here = 1;
console.log(ns.value, ns.next(), ns.value, ns["value"], ns.self(), self.here);
console.log(ns.default, ns.nested.value === ns.value, ns.nested.nested === ns.nested);
const object = ns;
console.log(Object.keys(object).join(), "value" in object, "other" in object, object.other);
console.log(Object.getPrototypeOf(object), Object.isExtensible(object), typeof object);
console.log(Object.prototype.toString.call(object), object[Symbol.toStringTag]);
for (const change of [() => (ns.value = 3), () => (object.fresh = 1), () => delete object.value]) {
    try {
        change();
        console.log("changed");
    } catch (error) {
        console.log(error.name);
    }
}
const { next, ...others } = object;
console.log(next(), Object.keys(others).length, object.value);
console.log(Object.getOwnPropertyDescriptor(object, "value"), Object.values(object).length);
try { delete ns.value; } catch (error) { console.log(error.name, Reflect.deleteProperty(ns, "value"), ns.value); }
