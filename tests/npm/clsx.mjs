import clsx, { clsx as named } from "clsx";

console.log(clsx("a", { b: true, c: 0 }, ["d", null, ["e"]]), named(1, "x"), clsx === named);
