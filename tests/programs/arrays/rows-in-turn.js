"use strict";
// The same value of a loop's body is another array each time round.
const table = [[0, 1, 0], [1, 1, 1], [0, 0, 1]];
function columns(rows) {
  return [0, 1, 2].map((x) => {
    let sum = 0;
    for (let y = 0; y < 3; y++) sum += rows[y][x];
    return sum;
  });
}
function chain(first) {
  let sum = 0;
  for (let row = first; row !== null; row = row[1]) sum += row[0];
  return sum;
}
function fill(rows, value) {
  for (let y = 0; y < rows.length; y++) {
    const row = rows[y];
    for (let x = 0; x < 3; x++) row[x] = row[x] + value;
  }
  return rows;
}
function pixels(lines) {
  let sum = 0;
  for (let y = 0; y < 3; y++) sum = sum * 7 + lines[y][1];
  return sum;
}
console.log(columns(table).join());
console.log(chain([1, [2, [3, null]]]));
console.log(fill(table, 10).join(" "));
console.log(pixels([new Uint8Array([1, 2]), new Uint8Array([3, 4]), new Uint8Array([5, 6])]));
