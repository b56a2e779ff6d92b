// A module that awaits holds up those that ask for it, and nobody else.
import { first } from "./slow.mjs";
import { second } from "./slower.mjs";
import "./quick.mjs";

console.log("main", first, second);
for await (const value of [Promise.resolve(1), 2]) console.log(value);
let total = 0;
export const read = () => total;
total = await new Promise((resolve) => setTimeout(() => resolve(5), 10));
console.log("end", read(), this);
