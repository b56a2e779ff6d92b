import { object, string, number, assert, is } from "superstruct";

const S = object({ a: string(), n: number() });
console.log(is({ a: "x", n: 1 }, S), is({ a: 1 }, S));
try { assert({ a: 2, n: 1 }, S); } catch (e) { console.log(e.message); }
