// Fibonacci numbers, by recursion and by a loop.
"use strict";
function recursive(n) {
    return n < 2 ? n : recursive(n - 1) + recursive(n - 2);
}
function iterative(n) {
    let a = 0, b = 1;
    for (let i = 0; i < n; i++) {
        const next = a + b;
        a = b;
        b = next;
    }
    return a;
}
console.log(recursive(18), iterative(18), iterative(78));
