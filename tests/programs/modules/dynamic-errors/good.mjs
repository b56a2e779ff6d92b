export const good = 1; console.log("good runs");
