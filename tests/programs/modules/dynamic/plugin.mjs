import { shared } from "./shared.mjs";
import { double } from "./double.mjs";
console.log("plugin runs");
shared.count++;
export let name = "plugin";
export function rename() {
    name = "renamed";
}
export default double;
