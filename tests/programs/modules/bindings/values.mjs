export let counter = 1;
export function increment() {
    counter++;
}
export class Shape {
    #side;
    constructor(side) {
        this.#side = side;
    }
    area() {
        return this.#side ** 2;
    }
}
const text = "odd";
export { text as "any name at all", text as plain };
export default () => "anonymous";
