console.log("slow begins");
export let first = await Promise.resolve("one");
await null;
console.log("slow ends");
