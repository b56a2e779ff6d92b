import { dequal } from "dequal/lite";

console.log(dequal({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), dequal([1], [2]), dequal(new Date(1), new Date(1)), dequal(/a/g, /a/i), dequal(NaN, NaN));
