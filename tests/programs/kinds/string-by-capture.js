"use strict";
// Two variables that closures share; strings are in one of them.
function make() {
    var count = 0, text = "3";
    return {
        bump: function () { count++; return count; },
        set: function (value) { text = value; },
        twice: function () { return text * 2; }
    };
}
var m = make();
m.bump();
console.log(m.bump(), m.twice());
m.set("21");
console.log(m.twice());
