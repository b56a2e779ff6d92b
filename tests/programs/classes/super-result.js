// What super(…) gives is the new object, also where the parent's constructor needs `this` no more towards its end.
"use strict";
class Base {
    constructor(...list) {
        this.list = list;
        let most = 0;
        for (let i = 0; i < arguments.length; i++) most = Math.max(most, arguments[i]);
        console.log(most);
    }
}
class Child extends Base {
    constructor(...rest) { super(1, 2, 3); this.child = rest; }
}
class Spread extends Base {
    constructor(...rest) { super(...rest); this.spread = rest; }
}
class Implicit extends Base {}
console.log(new Base(4, 5), new Child(6), new Spread(7, 8), new Implicit(9));

function Old(a, b) {
    this.sum = a + b;
    a = "overwritten";
    b = a;
    console.log(b);
}
class New extends Old { constructor() { super(1, 2); this.more = this.sum; } }
console.log(new New().more);
