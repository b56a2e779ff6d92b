// The exact widths at which objects, arrays and strings break, swept one character at a time.
// heap: 48k
"use strict";
function pad(n) { var s = ""; while (s.length < n) s += "x"; return s; }
for (var n = 56; n <= 66; n += 2) console.log({ a: pad(n), b: 1 });
for (n = 58; n <= 74; n += 4) console.log([pad(n), 1]);
for (n = 60; n <= 72; n += 3) console.log({ p: { q: pad(n) } });
for (n = 14; n <= 18; n++) console.log({ l: [pad(n), pad(n), pad(n)], m: 1 });
for (n = 9; n < 13; n++) console.log([pad(n), pad(n), pad(n), pad(n), pad(n)], [pad(n), pad(n), pad(n), pad(n), pad(n), pad(n), pad(n)]);
