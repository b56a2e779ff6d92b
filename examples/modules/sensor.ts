export interface Reading {
    readonly at: number;
    readonly celsius: number;
}

export class Sensor implements Iterable<Reading> {
    constructor(
        readonly name: string,
        private readonly raw: readonly number[],
    ) {}

    *[Symbol.iterator](): Iterator<Reading> {
        for (const [at, tenths] of this.raw.entries()) yield { at, celsius: tenths / 10 };
    }
}
