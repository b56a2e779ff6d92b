"use strict";
// Object.groupBy and Map.groupBy. Node 20 does not have them: there the program brings its own.
const groupObject = Object.groupBy ?? function (items, callback) {
    const result = Object.create(null);
    let i = 0;
    for (const item of items) { const key = callback(item, i++); (result[key] ??= []).push(item); }
    return result;
};
const groupMap = Map.groupBy ? (items, callback) => Map.groupBy(items, callback) : function (items, callback) {
    const result = new Map();
    let i = 0;
    for (const item of items) { const key = callback(item, i++); result.has(key) ? result.get(key).push(item) : result.set(key, [item]); }
    return result;
};
const words = ["apple", "bob", "cat", "art", "bar", "1", "zoo"];
const byFirst = groupObject(words, (word) => word[0]);
console.log(byFirst, Object.keys(byFirst).join());
console.log(groupObject([1, 2, 3, 4], (n, i) => (i < 1 ? "first" : n % 2 ? "odd" : "even")));
const odd = { odd: true }, even = { even: true };
const map = groupMap([1, 2, 3, -0, 0], (n) => (n % 2 ? odd : n === 0 ? n : even));
console.log(map.get(odd), map.get(even), map.get(0), map.size, [...map.keys()]);
console.log(groupObject("banana", (c) => c), groupMap(new Set([1, 2]), () => NaN).get(NaN));
