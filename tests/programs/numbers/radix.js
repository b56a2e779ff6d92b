// toString with a radix, integers and fractions.
"use strict";
console.log((255).toString(16), (255).toString(2), (-255).toString(36), (0).toString(2), (35).toString(36), (1e9).toString(7));
console.log((4294967295).toString(2), (4294967296).toString(16), (9007199254740991).toString(36), (2147483648).toString(3), (-2147483648).toString(32));
console.log((0.5).toString(2), (0.25).toString(16), (-10.75).toString(2), (3.5).toString(8), (0.125).toString(4), (255.9375).toString(16));
console.log((NaN).toString(2), (Infinity).toString(16), (-Infinity).toString(36), (-0).toString(2), (10).toString(undefined), (10).toString("2"), (10).toString(10));
["1", 37, 0, -1, null, NaN].forEach(function (r) { try { console.log((7).toString(r)); } catch (e) { console.log(e.name); } });
for (var r = 2, line = ""; r <= 36; r++) line += (1000000).toString(r) + " ";
console.log(line);
for (r = 2, line = 0; r <= 36; r++) if (parseInt((123456789).toString(r), r) === 123456789) line++;
console.log(line);
console.log((1099511627776).toString(2).length, (1e21).toString(16), (Math.pow(2, 60)).toString(8), (0xdeadbeef).toString(16), (-0xff).toString(16));
