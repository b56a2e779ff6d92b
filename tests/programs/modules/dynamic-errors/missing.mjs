import { nothing } from "./good.mjs";
console.log("never", nothing);
