"use strict";
function rest(first, ...others) { return others.length + first; }
function defaults(a, b = a + 1) { return this === undefined ? b : a; }
function Point(x) { this.x = x; }
function outer(n) {
    function inner() { return n; }
    const twice = () => inner() + inner();
    return twice();
}
print(rest(1, 2, 3), rest(1), defaults(1), rest(...[1, 2]));
print(new Point(4).x, outer(3), print.call?.(null, "x"));
