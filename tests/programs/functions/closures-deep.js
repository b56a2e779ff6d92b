// Captured variables of many levels, captured parameters, and writes from several closures.
"use strict";
function l1(a) {
    var x = 1;
    return function l2(b) {
        var y = 2;
        return function l3(c) {
            var z = 3;
            return function l4(d) {
                x += d; y += d; z += d; a += d;
                return [a, b, c, d, x, y, z].join();
            };
        };
    };
}
var f = l1(10)(20)(30);
console.log(f(1));
console.log(f(2));
var g2 = l1(0), h1 = g2(0)(0), h2 = g2(0)(0);
h1(5);
console.log(h2(5));
function outer() {
    var list = [];
    for (let i = 0; i < 2; i++) {
        let base = i * 100;
        for (let j = 0; j < 2; j++) list.push({ get: () => base + i * 10 + j, bump: () => { base++; j++; } });
    }
    return list;
}
var all = outer();
all[0].bump(); all[3].bump(); all[3].bump();
console.log(all.map((o) => o.get()).join());
function selfRef() { var me = function (n) { return n ? n + me(n - 1) : 0; }; return me; }
console.log(selfRef()(4));
function block(flag) { let r = []; if (flag) { let v = "t"; r.push(() => v); } else { let v = "f"; r.push(() => v); } return r[0](); }
console.log(block(true), block(false));
