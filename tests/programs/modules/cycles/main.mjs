// Modules that import each other: functions exist before anything runs, variables are checked.
import { odd } from "./odd.mjs";

export function even(n) {
    return n === 0 || odd(n - 1);
}
export const late = "set";
export let lazy;
export var hoisted = 1;
export class Late {}
lazy = 2;
console.log("main", even(10), odd(7), odd(4));
