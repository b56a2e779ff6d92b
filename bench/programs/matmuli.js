"use strict";
// Product of 32 by 32 matrices of integers, ten times: the twin of a C program that is used to compare with WebAssembly engines.
const N = 32;
const a = [], b = [], c = [];
for (let i = 0; i < N * N; i++) {
  a.push(i % 7);
  b.push(i % 11);
  c.push(0);
}

function multiply(n) {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
      c[i * n + j] = sum;
    }
  }
}

for (let round = 0; round < 10; round++) multiply(N);
let total = 0;
for (let i = 0; i < N * N; i++) total += c[i];
console.log("matmuli " + total);
