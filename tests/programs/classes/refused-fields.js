// Fields of objects that refuse them: what an initialiser, a base class or a constructor did to `this` before.
"use strict";

function outcome(make) {
    try {
        return Object.keys(make()).join();
    } catch (error) {
        return error.name;
    }
}

class Freezes {
    first = 1;
    second = Object.freeze(this);
    third = 3;
}
console.log(outcome(() => new Freezes()));

class Leaks {
    self = this;
    locked = (lock(this), true);
}
function lock(object) {
    Object.preventExtensions(object);
}
console.log(outcome(() => new Leaks()));

class Arrows {
    seal = () => Object.seal(this);
    [Object.keys(this ?? {}).length] = 0;
    sealed = this.seal();
    after = 1;
}
console.log(outcome(() => new Arrows()));

class Plain {
    left = 1;
    right = this.left + 1;
    self = this;
}
const plain = new Plain();
console.log(outcome(() => plain), plain.right, plain.self === plain);

class Closed {
    constructor() {
        Object.preventExtensions(this);
    }
}
class Opens extends Closed {
    more = 1;
}
console.log(outcome(() => new Opens()));

class Returns {
    constructor(object) {
        return object;
    }
}
class Adds extends Returns {
    added = 1;
}
console.log(outcome(() => new Adds({ kept: 0 })), outcome(() => new Adds(Object.freeze({ kept: 0 }))));
