// Each module runs once, after those that it asks for, in the order of the text.
console.log("main");
import "./b.mjs";
export { unused } from "./a.mjs";
import "./c.mjs";
import "./b.mjs";
