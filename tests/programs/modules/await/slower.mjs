import { first } from "./slow.mjs";
console.log("slower has", first);
export const second = await later("two");
async function later(value) {
    await 0;
    return value + hoisted;
}
var hoisted = "!";
console.log("slower ends");
