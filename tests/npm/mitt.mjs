import mitt from "mitt";

const e = mitt();
const log = [];
e.on("a", (x) => log.push(x));
e.on("*", (t, x) => log.push(t + x));
e.emit("a", 1);
e.all.clear();
e.emit("a", 2);
console.log(log.join());
