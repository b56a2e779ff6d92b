// Array literals, length, truncation, appending by index.
"use strict";
var a = [1, "two", [3], { n: 4 }, null, undefined, 7,];
console.log(a.length, a[1], a[2][0], a[3].n, a[4], a[5], a[6], a[7], a[-1], a["1"], a["length"], [].length, [[]].length);
a.length = 3;
console.log(a.length, a[3], a.join());
a[3] = "appended";
a[a.length] = "again";
console.log(a.length, a[3], a[4]);
a.length = 0;
console.log(a.length, a[0], a.join() === "");
[-1, 1.5, "x", NaN, 4294967296, {}].forEach(function (n) { try { a.length = n; console.log("set", n); } catch (e) { console.log(e.name); } });
a = [1, 2, 3];
a.length = "2";
console.log(a.length, a.length = 1, a.join(), a.length -= 1, a.length);
a = [5];
a.name = "extra"; a["-1"] = "neg"; a["01"] = "not an index"; a[1.5] = "frac";
console.log(a.length, a.name, a[-1], a["01"], a[1.5], Object.keys(a).length);
var grid = [];
for (var i = 0; i < 3; i++) { grid[i] = []; for (var j = 0; j < 3; j++) grid[i][j] = i * j; }
console.log(grid.join("|"), grid[2][2], grid[1].length, grid[3], grid.length);
console.log(a[0]++, ++a[0], a[0] += 10, a["0"], a[0] === a["0"], a[-0]);
