// exit: 1
// stderr: Uncaught TypeError: Cannot read properties of undefined (reading '0')
// The element of an array that is not there.
"use strict";
const rows = [];
for (let i = 0; i < 3; i++) {
  const row = [];
  row.push(i);
  rows.push(row);
}
for (let i = 0; i < 4; i++) console.log("row " + rows[i][0]);
