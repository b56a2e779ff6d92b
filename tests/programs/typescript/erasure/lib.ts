export type Meters = number & { readonly brand: unique symbol };
export interface OnlyATypeBase {}
export type OnlyAType = number;
export { type Deep } from "./deeper.js";
export const scale = (m: Meters): number => m * 10;
export function sum<T extends number>(...values: readonly T[]): number {
    let result = 0;
    for (const value of values) result += value;
    return result;
}
export enum Unit {
    Metre = "m",
    Foot = "ft",
}
