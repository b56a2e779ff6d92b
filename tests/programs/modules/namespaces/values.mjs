export let value = 1;
export const next = () => ++value;
export function self() {
    return this === nested;
}
export * as nested from "./values.mjs";
import * as nested from "./values.mjs";
export default "default";
