// oracle: tsc Node 20 reads no TypeScript; the output is that of the JavaScript that tsc 5.9 makes of it
import { type Meters, scale, Unit, sum as total } from "./lib.js";
import { OnlyAType } from "./lib.js";
import type { Missing } from "./nowhere.js";

interface Named {
    readonly name: string;
    [key: string]: unknown;
}
type Maybe<T> = T | undefined;
declare const ambient: number;
declare function outside(x: number): void;
namespace Types {
    export type Pair<A, B = A> = [A, B];
}

abstract class Base<T extends object = {}> implements Named {
    [key: string]: unknown;
    declare ghost: number;
    abstract describe(prefix?: string): string;
    constructor(
        public readonly name: string,
        protected items: T[] = [],
        private level?: number,
    ) {}
    get size(): number {
        return this.items.length;
    }
    find(key: string): Maybe<T>;
    find(key: number): Maybe<T>;
    find(key: any): Maybe<T> {
        return this.items[key as number];
    }
}
class Derived extends Base<{ v: number }> {
    static #made = 0;
    assigned!: string;
    optional?: boolean;
    constructor(public extra: number) {
        super("derived", [{ v: 1 }, { v: 2 }]);
        this.assigned = `extra ${this.extra}`;
        Derived.#made++;
    }
    override describe(this: Derived, prefix = ">") {
        return prefix + this.name + this.find(1)!.v + Derived.#made;
    }
}
function over(a: string): string;
function over(a: number): number;
function over(a: any): any {
    return a;
}
function assertIsString(value: unknown): asserts value is string {
    if (typeof value !== "string") throw new TypeError("not a string");
}
const d = new Derived(5);
console.log(d.describe(), d.size, d.assigned, JSON.stringify(d));
console.log(Object.keys(d).join());
const pair: Types.Pair<number> = [1, 2];
const cast = <Meters>(over("x") as unknown as number), kept = { a: 1 } satisfies Record<string, number>;
console.log(pair, cast, kept, scale(2 as Meters), total<number>(1, 2, 3), Unit.Metre);
let value: unknown = "text";
assertIsString(value);
console.log(value.length, (value as string)!.toUpperCase());
(value as any) = 4;
const generic = <T,>(x: T): T => x;
console.log(value, generic<number>(7), ((x: OnlyAType, y?: Missing) => x)(8));
try {
    (undefined as any).x;
} catch (error: unknown) {
    console.log((error as Error).message);
}
export type { Named, Maybe };
