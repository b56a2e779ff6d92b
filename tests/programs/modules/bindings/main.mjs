// Every form of import and export; imports are live.
import anonymous, { counter, increment, Shape as Figure, "any name at all" as odd } from "./values.mjs";
import { default as same, inner, renamed, counter as again } from "./again.mjs";
import settings from "./settings.json" with { type: "json" };

console.log(counter, odd, renamed, same === anonymous);
increment();
console.log(counter, again, inner.counter);
console.log(new Figure(2).area(), Figure.name, anonymous.name, anonymous());
console.log(typeof this, JSON.stringify(settings), settings.__proto__.kind);

let property;
({ property } = { property: "destructured" });
console.log({ property, counter });

try {
    counter = 10;
} catch (error) {
    console.log(error.name, error.message);
}
try {
    arguments;
} catch (error) {
    console.log(error.name, error.message);
}
function shadow(counter) {
    return counter + 1;
}
console.log(shadow(1), counter);
console.log(import.meta === import.meta, import.meta.url.endsWith("/main.mjs"));
