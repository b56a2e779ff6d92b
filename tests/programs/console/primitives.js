// Primitives at the top level and inside containers.
"use strict";
console.log();
console.log("");
console.log("a", "b  c", "");
console.log(1, -1, 0, -0, 1.5, 1e21, 1e-7, NaN, Infinity, -Infinity);
console.log(true, false, null, undefined);
console.log([1, -0, NaN, "s", true, null, undefined]);
console.log({ n: 1, z: -0, s: "s", b: false, nil: null, u: undefined, big: 1e21 });
console.log("multi\nline", ["multi\nline"]);
console.log("tab\there", ["tab\there"]);
console.log("é日😀", ["é日😀"], { "é": "日" });
console.log([""], [" "], { a: "" });
console.log("x", [1], "y", { a: 1 }, "z");
