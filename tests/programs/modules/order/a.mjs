import "./c.mjs"; console.log("a"); export const unused = 1;
