"use strict";
var rows = [[1, 2], [3, 4]];
rows[1][0] = "7";
console.log(rows[1][0] * 2, rows[0][0] * 2);
