export { name } from "./both.mjs";
