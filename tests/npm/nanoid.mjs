import { nanoid, customAlphabet } from "nanoid/non-secure";

const id = nanoid();
console.log(id.length, /^[\w-]+$/.test(id), customAlphabet("ab", 5)().replace(/[ab]/g, "."));
