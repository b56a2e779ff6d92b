"use strict";
// Classes of a program that changes what objects inherit from, by names that only show at run time.
class A {
    constructor() { this.x = 1; }
    who() { return "A" + this.x; }
}
class B {
    constructor() { this.x = 2; }
    who() { return "B" + this.x; }
}
function ask(o) { return o.who(); }
const a = new A();
console.log(ask(a), ask(new B()));
Object.setPrototypeOf(a, B.prototype);
console.log(ask(a));
A.prototype["w" + "ho"] = () => "computed";
console.log(ask(new A()));
class C extends A {
    constructor() { super(); this.y = 3; }
}
console.log(ask(new C()));
Object.setPrototypeOf(C, B);
console.log(ask(new C()), new C().x);
Object.setPrototypeOf(C.prototype, B.prototype);
console.log(ask(new C()));
