// exit: 1
// stderr: Uncaught TypeError: Cannot read properties of undefined (reading 'field')
// Nothing can catch what a comparison throws: it goes through the sort to the end of the program.
"use strict";
function compare(a, b) {
    if (a > 3 && b > 3) {
        return a.missing.field - b;
    }
    return a - b;
}
console.log("before " + [3, 1, 2].sort(compare).length);
console.log("never " + [9, 8, 3].sort(compare).length);
