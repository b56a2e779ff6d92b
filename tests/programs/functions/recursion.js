// Direct and mutual recursion of some depth.
"use strict";
function even(n) { return n === 0 ? true : odd(n - 1); }
function odd(n) { return n === 0 ? false : even(n - 1); }
console.log(even(30), odd(31), even(7));
function ack(m, n) { return m === 0 ? n + 1 : n === 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1)); }
console.log(ack(2, 3));
function hanoi(n, a, b, c) { return n === 0 ? 0 : hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a); }
console.log(hanoi(8, "a", "b", "c"));
function perms(s) {
    if (s.length < 2) return [s];
    var out = [];
    for (var i = 0; i < s.length; i++) perms(s.slice(0, i) + s.slice(i + 1)).forEach(function (p) { out.push(s.charAt(i) + p); });
    return out;
}
console.log(perms("abc").join(), perms("abcd").length);
function tak(x, y, z) { return y >= x ? z : tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y)); }
console.log(tak(7, 4, 2));
function collatz(n, steps) { return n === 1 ? steps : collatz(n % 2 ? 3 * n + 1 : n / 2, steps + 1); }
console.log(collatz(6, 0), collatz(9, 0));
function flatten(a) { return a.reduce(function (r, x) { return r.concat(Array.isArray(x) ? flatten(x) : [x]); }, []); }
console.log(flatten([1, [2, [3, [4, []]]], [[5]]]).join());
function gcd(a, b) { return b ? gcd(b, a % b) : a; }
console.log(gcd(1071, 462), gcd(2147483648, 6), gcd(17, 5));
