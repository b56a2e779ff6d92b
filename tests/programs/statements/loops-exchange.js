// Loops whose variables take each other's values, with constants that need a register, and what is known of captured variables.
"use strict";
function fib(n) { var a = 0, b = 1; for (var i = 0; i < n; i++) { var t = (a + b) & 16777215; a = b; b = t; } return a + ":" + b; }
console.log(fib(0), fib(1), fib(2), fib(10), fib(1000));
function words(n) { var a = "x", b = "yy"; for (var i = 0; i < n; i++) { var t = a; a = b; b = t; } return a + b; }
console.log(words(0), words(1), words(2), words(7));
function rotate(n) { var a = 1, b = "two", c = 3.5, d = null; for (; n > 0; n--) { var t = a; a = b; b = c; c = d; d = t; } return [a, b, c, d].join("|"); }
console.log(rotate(0), rotate(1), rotate(2), rotate(3), rotate(4), rotate(9));
function pairs(n) { var a = 0.5, b = 1.5, i = 3, k = 70000; while (n-- > 0) { var t = a; a = b; b = t; var u = i; i = k; k = u; } return [a, b, i, k].join(); }
console.log(pairs(0), pairs(1), pairs(4), pairs(5));
function gcd(a, b) { while (b) { [a, b] = [b, a % b]; } return a; }
console.log(gcd(1071, 462), gcd(17, 0), gcd(0, 5), gcd(2147483646, 4294967292));
function strides(step) { var seen = []; for (var j = step; j < 1000; j += step) { if (j > 40000 - 39500) seen.push(j); } return seen.join(); }
console.log(strides(333), strides(250), strides(999), strides(1000));
function nested() {
    var sum = 0;
    for (var i = 0; i < 1000; i += 250) for (var j = 0; j < 300; j += 100) {
        switch (j) { case 100: sum += 100000; break; case 200: sum ^= 65535; continue; default: sum -= 1000; }
        if (sum > 4000000) throw new RangeError("too much");
        sum = sum & 1048575;
    }
    return sum;
}
console.log(nested());
function overflow() { var n = 2147483000, turns = 0; for (var i = 0; i < 2000; i += 999) { n = n + 70000; turns++; } return n + "/" + turns; }
console.log(overflow());
function counter() { var n = "7"; return { up: function () { n++; return n; }, add: function (k) { var was = n; n = n + k; n = n * 2; return was + "," + n; }, down: function () { var was = n--; return was - n; } }; }
var c = counter();
console.log(c.up(), c.add(4), c.down(), c.up(), c.add("!"));
var calls = 0;
var odd = { valueOf: function () { calls++; return 41; } };
var global = odd;
function bump() { global++; return global; }
console.log(bump(), bump(), calls);
function shared() { var x = 1; function set(v) { x = v; } function get() { var before = x; set(before + 1); var after = x; set(after * 10); return [before, after, x].join(); } return get; }
console.log(shared()(), shared()());
function twice(f) { var x = 5; var g = function () { x = x + 1; f(function (v) { x = v; }); return x; }; return g() + "," + g(); }
console.log(twice(function (set) { set(100); }), twice(function () {}));
function tdz() { try { var f = function () { return late; }; f(); } catch (e) { return e.name; } let late = 1; return late; }
console.log(tdz());
function never(x) { for (;;) { if (x > 3) return "out"; else { x++; continue; } } }
console.log(never(0), never(9));
