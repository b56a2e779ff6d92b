// What is printed of a concatenation: the same as of the string, whose parts may be printed one by one.
"use strict";
function half(n) {
    return n / 2;
}
var zero = -half(0), big = half(4294967296), third = half(2) / 3, undef, i;
console.log("zero " + zero + " " + -zero);
console.log("numbers " + big + " " + third + " " + -1e21 + " " + half(1e-7) + " " + half(NaN) + " " + half(Infinity));
console.log("others " + undef + " " + null + " " + (big > 1) + " " + !i);
console.log(half(7) + " comes first");
console.log(half(7) + half(8) + " is a sum");
console.log(`template ${half(5)} of ${third}, and ${"text"}`);
console.log(`${zero}`);
console.log("100%d " + half(2));
console.log("");
console.log("" + half(3) + "");

// Halves of a character.
var high = String.fromCharCode(0xd83d), low = String.fromCharCode(0xde00);
console.log("joined " + high + low);
console.log("constants " + "\ud83d" + "\ude00");
console.log("apart " + high + half(2) + low);
console.log("before " + high + "" + low + " after");
console.log("\ud83d" + half(2) + "\ude00");

// A text that is used again, and one that is made elsewhere.
var text = "again " + half(9);
console.log(text + "!");
console.log(text);
for (i = 0; i < 3; i++) {
    console.log("turn " + i + (i === 2 ? " last" : "") + "/" + (3 - i));
}
try {
    console.log("in try " + half(1));
    console.log("a null has " + null.property);
} catch (error) {
    console.log("caught " + (error instanceof TypeError));
} finally {
    console.log("finally " + half(3));
}

// Conversions of objects, in their order.
var object = {
    toString: function () {
        console.log("converted " + half(2));
        return "object";
    }
};
function late() {
    console.log("late " + half(4));
    return 1;
}
console.log("an " + object + " " + late());
