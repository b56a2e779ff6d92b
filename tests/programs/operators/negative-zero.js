// -0 appears, is kept, and is told apart only where the language says so.
"use strict";
function z(x) { return x === 0 ? (1 / x < 0 ? "-0" : "+0") : String(x); }
console.log(z(-0), z(0), z(0 * -1), z(-0 + 0), z(-0 - 0), z(0 - 0), z(-0 * -0), z(0 / -5), z(-5 % 5), z(-(0)), z(+-0));
console.log(z(Math.round(-0.4)), z(Math.ceil(-0.9)), z(Math.floor(-0)), z(Math.min(0, -0)), z(Math.max(-0, 0)), z(Math.abs(-0)), z(Math.sqrt(-0)), z(Math.pow(-0, 3)));
console.log(z(parseFloat("-0")), z(Number("-0")), z(+"-0.0"), z(parseInt("-0")), z(JSON.parse("-0")), z(-0 | 0), z(-0 >>> 0), z(~~-0.5), z(-1e-400));
console.log(String(-0), "" + -0, (-0).toString(), (-0).toFixed(1), JSON.stringify(-0), JSON.stringify([-0]), [-0].join(), `${-0}`);
console.log(-0 === 0, -0 == 0, -0 < 0, [-0].indexOf(0), [0].indexOf(-0), 0 === -0 ? 1 : 2, ({ "0": "k" })[-0]);
var x = -0;
x += 0;
console.log(z(x), z(x = -0), z(x -= 0), z(x *= 1), z(x++), z(x), z(-x));
var s = 0;
for (var i = 0; i < 3; i++) s = s * -1;
console.log(z(s), z([-0][0]), z({ v: -0 }.v), z((function (a) { return a; })(-0)), z((() => -0)()));
switch (-0) { case 0: console.log("case 0"); }
console.log(z(Math.atan2(-0, 1)), Math.atan2(-0, -1) < 0, Math.atan2(0, -0) > 3, z(Math.trunc(-0.5)), z(Math.sin(-0)), z([0, -0].sort()[0]));
console.log(-0, [-0], { a: -0 }, 0);
