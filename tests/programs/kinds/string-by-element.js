"use strict";
// Strings and integers in arrays of their own; only one of them has strings.
var counts = [1, 2, 3], names = ["4", "5"];
function total(list) {
    var sum = 0, i;
    for (i = 0; i < list.length; i++) sum += list[i] - 0;
    return sum;
}
console.log(total(counts));
console.log(total(names));
