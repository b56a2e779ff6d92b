import { even, late, lazy, hoisted, Late } from "./main.mjs";

export function odd(n) {
    return n !== 0 && even(n - 1);
}
console.log("odd", even(3), hoisted);
for (const look of [() => late, () => lazy, () => new Late()]) {
    try {
        console.log(look());
    } catch (error) {
        console.log(error.name, error.message);
    }
}
