// Sieve, trial division, factors, totient.
"use strict";
var N = 300, comp = [], primes = [];
for (var i = 0; i <= N; i++) comp.push(false);
for (i = 2; i <= N; i++) { if (comp[i]) continue; primes.push(i); for (var j = i * i; j <= N; j += i) comp[j] = true; }
console.log(primes.length, primes.slice(0, 10).join(), primes[primes.length - 1]);
function isPrime(n) { if (n < 2) return false; for (var d = 2; d * d <= n; d++) if (n % d === 0) return false; return true; }
console.log(primes.every(isPrime), isPrime(7919), isPrime(7917), isPrime(65537), isPrime(2147483647 % 100003));
function factors(n) { var f = [], d = 2; while (n > 1) { while (n % d === 0) { f.push(d); n /= d; } d++; if (d * d > n && n > 1) { f.push(n); break; } } return f; }
console.log(factors(360).join("x"), factors(97).join(), factors(1001).join("x"), factors(65536).length, factors(4294967295).join("x"));
function phi(n) { var r = n; factors(n).forEach(function (p, i, all) { if (all.indexOf(p) === i) r = r / p * (p - 1); }); return r; }
console.log([1, 10, 36, 97, 360].map(phi).join());
function modpow(b, e, m) { var r = 1; b %= m; while (e > 0) { if (e & 1) r = r * b % m; b = b * b % m; e >>= 1; } return r; }
console.log(modpow(2, 10, 1000), modpow(3, 200, 13), modpow(7, 12345, 9973), modpow(2, 96, 97));
