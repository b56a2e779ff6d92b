// heap: 256k
// skip: aot,wasm,bytecode-gc,aot-gc,m4-bytecode,m4-aot,rv32-bytecode,rv32-aot there is no compiler in a linked image
// Asynchronous functions and generator functions from strings.
"use strict";
const AsyncFunction = (async () => {}).constructor;
const GeneratorFunction = function* () {}.constructor;
const AsyncGeneratorFunction = async function* () {}.constructor;

const add = new AsyncFunction("a", "b", "return await a + await b");
console.log(add, add.name, add.length, add instanceof AsyncFunction);
add(1, Promise.resolve(2)).then((sum) => console.log("sum", sum));

const count = GeneratorFunction("n", "for (let i = 0; i < n; i++) yield i");
console.log([...count(3)], count);

const both = AsyncGeneratorFunction("...items", "for (const item of items) yield item * 2");
(async () => {
    for await (const item of both(1, Promise.resolve(2))) console.log("item", Number.isNaN(item) ? "NaN" : item);
})();

for (const make of [() => AsyncFunction("yield", "await"), () => GeneratorFunction("yield 1"), () => GeneratorFunction("yield", "")]) {
    try {
        console.log(typeof make());
    } catch (error) {
        console.log(error.name);
    }
}
