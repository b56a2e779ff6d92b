import escape from "escape-string-regexp";

const t = escape("How much $ for a 🦄? [x] - {y}");
console.log(t, new RegExp(t).test("How much $ for a 🦄? [x] - {y}"));
