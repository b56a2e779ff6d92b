// Automatic semicolon insertion.
"use strict";
var a = 1
var b = 2
var c = a
+ b
console.log(c)
function f() {
    return
    1
}
console.log(f())
var i = 1, j = 5
i
++
j
console.log(i, j)
var s = "x"
;[1, 2].forEach(function (v) { s += v })
console.log(s)
do a++; while (a < 5) console.log(a)
var t = a
    ? "yes"
    : "no"
console.log(t)
x: for (;;) {
    for (;;) {
        break
        x
    }
    break x
}
var o = {
    p: 1
    , q: 2
}
console.log(o.p + o
    .q)
if (a) { b = 9 } console.log(b)
