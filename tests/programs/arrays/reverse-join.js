// reverse works in place; join converts elements.
"use strict";
var a = [1, 2, 3, 4, 5];
console.log(a.reverse() === a, a.join(), [].reverse().length, [1].reverse().join(), [1, 2].reverse().join(), ["a", undefined, null].reverse().join("-"));
var like = { length: 3, 0: "a", 1: "b", 2: "c" };
Array.prototype.reverse.call(like);
console.log(like[0] + like[1] + like[2], Array.prototype.join.call(like, ""), Array.prototype.join.call("abc", "."), Array.prototype.join.call({ length: 2 }), Array.prototype.join.call({}) === "");
console.log([1.5, -0, true, "s", null, undefined, NaN].join(" "), [[1, 2], [3]].join(";"), [{}].join(), [[]].join() === "", [["a"], [[]]].join("+"));
var n = 0, o = { toString: function () { return "o" + n++; } };
console.log([o, o, o].join(), [1, 2, 3].join({ toString: function () { return "sep"; } }), [1, 2].join("\u{1F600}"), ["\ud83d", "\ude00"].join("") === "😀");
for (var i = 0, big = []; i < 100; i++) big.push(i % 7);
console.log(big.join("").length, big.reverse().slice(0, 5).join(), big.join(", ").length);
console.log([3, 1, 2].sort().reverse().join(), "stressed".split("").reverse().join(""), [1, [2, [3, [4]]]].join("/"));
