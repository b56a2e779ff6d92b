// import(): modules that run when they are asked for, once.
import { shared } from "./shared.mjs";

console.log("main begins", shared.count);
const load = () => import("./plugin.mjs");
load()
    .then((plugin) => {
        console.log(plugin.name, plugin.default(2), shared.count);
        plugin.rename();
        return load();
    })
    .then((again) => console.log(again.name, shared.count))
    .then(() => import("./broken.mjs"))
    .catch((error) => console.log("caught", error.message))
    .then(() => import("./broken.mjs"))
    .catch((error) => console.log("caught again", error.message))
    .then(() => import("./waiting.mjs"))
    .then(({ value }) => console.log(value))
    .then(() => import("./main.mjs"))
    .then((main) => console.log(main.self));
export const self = "main itself";
console.log("main ends");
