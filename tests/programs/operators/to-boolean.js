// Truthiness of every kind of value in every position that tests.
"use strict";
var vs = [0, -0, NaN, 1, -1, 0.1, Infinity, "", " ", "0", "false", null, undefined, true, false, [], {}, function () { }, new Boolean(false), new Number(0), new String("")];
var r = ["", "", "", "", "", "", ""];
vs.forEach(function (v) {
    r[0] += v ? 1 : 0;
    r[1] += !v ? 1 : 0;
    r[2] += !!v === Boolean(v) ? 1 : 0;
    r[3] += (v || "other") === v ? 1 : 0;
    r[4] += (v && "other") === v ? 1 : 0;
    if (v) r[5] += 1; else r[5] += 0;
    var n = 0;
    while (v) { n++; break; }
    r[6] += n;
});
console.log(r.join("\n"));
console.log([0, 1, "", "a", null].filter(Boolean).length, [1, 2].every(Boolean), ["", 0].some(Boolean));
var n = 0;
for (var x = 3; x; x--) n += x;
do { n++; } while ("" || 0 || null);
console.log(n, !!document(), !(0 || ""), !(1 && "a"));
function document() { return [][0]; }
