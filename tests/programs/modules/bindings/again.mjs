export * from "./values.mjs";
export { default, plain as renamed } from "./values.mjs";
export * as inner from "./values.mjs";
