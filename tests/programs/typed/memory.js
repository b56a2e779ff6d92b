"use strict";
// heap: 32k
// Buffers move and die: views find their bytes through them.
const keep = [];
for (let round = 0; round < 60; round++) {
    const big = new Uint8Array(900);
    big[round] = round;
    if (round % 20 === 0) keep.push(big.subarray(round, round + 10), new Float64Array(3).fill(round + 0.5), new DataView(big.buffer, round));
}
for (let i = 0; i < keep.length; i += 3) console.log(keep[i][0], keep[i].length, keep[i].buffer.byteLength, keep[i + 1].join(), keep[i + 2].getUint8(0));
try {
    new Float64Array(2 ** 40);
} catch (e) {
    console.log(e instanceof RangeError);
}
const odd = [1, 2, 3, 5].map((n) => new Uint8Array(n).fill(n));
odd[1].tag = { deep: [odd[2]] };
const text = [];
for (let i = 0; i < 400; i++) text[i % 10] = "some text that is garbage soon " + i;
console.log(odd.map((x) => x.join("")).join(), odd[1].tag.deep[0].length, text.length);
const table = new Uint32Array(256);
for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    table[n] = c;
}
let crc = -1;
for (const byte of Uint8Array.from("The quick brown fox", (c) => c.charCodeAt(0))) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
console.log((crc ^ -1) >>> 0);
