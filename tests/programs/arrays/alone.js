// Programs with nothing but arrays have only the code that arrays need: what is read and written here is all of it.
"use strict";
const list = [];
for (let i = 0; i < 5; i++) list.push(i * i);

// Reads by numbers that are no index of an element.
let text = "";
for (let i = -2; i < 7; i++) text += " " + list[i];
console.log("around" + text);
for (let x = 0; x < 2; x += 0.5) console.log("at " + x + ": " + list[x]);
const zero = list[1] - 1;
console.log("minus zero: " + list[-zero] + " " + list[0 / -1]);
console.log("far: " + list[1073741823] + " " + list[2147483647] + " " + list[4294967295] + " " + list[1e300]);
console.log("none: " + list[NaN] + " " + list[Infinity]);

// Stores within, at the end, beyond, and of other kinds of values.
list[2] = 2.5;
list[5] = true;
list[8] = "end";
for (let i = 0; i < list.length; i++) console.log(i + " " + list[i]);

// Arrays of constants, which are bytes until something else comes.
const flags = [];
for (let i = 0; i < 10; i++) flags.push(i % 3 === 0);
let set = 0;
for (let i = 0; i < 12; i++) if (flags[i]) set++;
flags[12] = true;
console.log("flags " + set + " " + flags[11] + " " + flags[12] + " " + flags.length);
flags[3] = 7;
console.log("flags " + flags[3] + " " + flags[0] + " " + flags[11] + " " + flags[12]);

// What `push` gives.
const lengths = [];
const count = lengths.push(10);
console.log("lengths " + count + " " + lengths.push(lengths.push(20)) + " " + lengths[0] + lengths[1] + lengths[2]);

// Indices that are counted up and down, as sorting does.
function sort(a, low, high) {
  while (low < high) {
    const pivot = a[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i <= j) {
        const t = a[i];
        a[i] = a[j];
        a[j] = t;
        i++;
        j--;
      }
    }
    sort(a, low, j);
    low = i;
  }
}
const values = [];
for (let i = 0; i < 60; i++) values.push((i * 37 + 11) % 61);
sort(values, 0, values.length - 1);
let sorted = "";
for (let i = 0; i < values.length; i++) sorted += values[i] + ",";
console.log(sorted);
