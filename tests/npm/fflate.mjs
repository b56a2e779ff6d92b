import { deflateSync, inflateSync, strToU8, strFromU8 } from "fflate";

const t = "hello hello hello hello ".repeat(20);
const c = deflateSync(strToU8(t));
console.log(c.length < 60, strFromU8(inflateSync(c)) === t, c.length);
