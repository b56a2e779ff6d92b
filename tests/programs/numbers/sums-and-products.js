"use strict";
// Sums, differences and products of doubles that meet every path of a software implementation: all distances of
// exponents, cancellation, ties, carries, overflow, underflow, zeros of both signs.
var state = 12345;
function random() {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state;
}
function double(spread) {
    var x = (random() * 4194304 + (random() & 4194303)) / 9007199254740992 + 1;
    if (random() & 1) x = 1 + (random() & 15) / 8;
    return (random() & 1 ? -x : x) * Math.pow(2, (random() % (2 * spread)) - spread);
}
// Of each result, what is left after scaling: no digits are needed to tell results apart.
function mix(hash, x) {
    var scale = 1, magnitude = x < 0 ? -x : x;
    if (x !== x) return (hash * 31 + 1) % 2147483647;
    if (magnitude === Infinity) return (hash * 31 + (x > 0 ? 2 : 3)) % 2147483647;
    if (magnitude === 0) return (hash * 31 + (1 / x > 0 ? 4 : 5)) % 2147483647;
    while (magnitude < 1) { magnitude *= 4294967296; scale++; }
    while (magnitude >= 4294967296) { magnitude /= 4294967296; scale += 100; }
    var high = Math.floor(magnitude), low = (magnitude - high) * 4294967296;
    return ((hash * 31 + high % 65521) * 17 + Math.floor(low) % 65521 + scale + (x < 0 ? 7 : 0)) % 2147483647;
}
var spreads = [2, 8, 40, 70, 500, 1000];
for (var k = 0; k < spreads.length; k++) {
    var hash = 0;
    for (var i = 0; i < 60; i++) {
        var a = double(spreads[k]), b = double(spreads[k]);
        hash = mix(mix(mix(hash, a + b), a - b), a * b);
    }
    console.log(spreads[k], hash);
}
var special = [0, -0, 1, -1, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, Infinity, -Infinity, NaN, 1 + Math.pow(2, -52), 9007199254740992];
for (var i = 0; i < special.length; i++) {
    var hash = 0;
    for (var j = 0; j < special.length; j++)
        hash = mix(mix(mix(hash, special[i] + special[j]), special[i] - special[j]), special[i] * special[j]);
    console.log(special[i], hash);
}
