import { klona } from "klona/json";

const a = { x: [1, { y: 2 }] };
const b = klona(a);
b.x[1].y = 3;
console.log(JSON.stringify(a), JSON.stringify(b));
