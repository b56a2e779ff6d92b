// Naive, Knuth-Morris-Pratt and rolling hash search; edit distance; longest common subsequence.
"use strict";
function naive(t, p) { var r = []; for (var i = 0; i + p.length <= t.length; i++) if (t.substr(i, p.length) === p) r.push(i); return r; }
function kmp(t, p) { var f = [0], r = [], i, k = 0; for (i = 1; i < p.length; i++) { while (k && p[k] !== p[i]) k = f[k - 1]; if (p[k] === p[i]) k++; f.push(k); } for (i = 0, k = 0; i < t.length; i++) { while (k && p[k] !== t[i]) k = f[k - 1]; if (p[k] === t[i]) k++; if (k === p.length) { r.push(i - k + 1); k = f[k - 1]; } } return r; }
function rolling(t, p) { var M = 65521, B = 257, hp = 0, ht = 0, pow = 1, r = [], n = p.length, i; for (i = 0; i < n; i++) { hp = (hp * B + p.charCodeAt(i)) % M; ht = (ht * B + t.charCodeAt(i)) % M; if (i) pow = pow * B % M; } for (i = 0; i + n <= t.length; i++) { if (hp === ht && t.slice(i, i + n) === p) r.push(i); ht = ((ht - t.charCodeAt(i) * pow % M + M) * B + (i + n < t.length ? t.charCodeAt(i + n) : 0)) % M; } return r; }
var text = "abracadabra abracadabra cadabra";
["abra", "cad", "a", "xyz", "abracadabra"].forEach(function (p) { console.log(p, naive(text, p).join(), kmp(text, p).join() === naive(text, p).join(), rolling(text, p).join() === naive(text, p).join()); });
function edit(a, b) { var row = []; for (var j = 0; j <= b.length; j++) row.push(j); for (var i = 1; i <= a.length; i++) { var prev = row[0]; row[0] = i; for (j = 1; j <= b.length; j++) { var t = row[j]; row[j] = Math.min(row[j] + 1, row[j - 1] + 1, prev + (a[i - 1] === b[j - 1] ? 0 : 1)); prev = t; } } return row[b.length]; }
console.log(edit("kitten", "sitting"), edit("", "abc"), edit("same", "same"), edit("flaw", "lawn"));
function lcs(a, b) { var m = []; for (var i = 0; i <= a.length; i++) { m.push([]); for (var j = 0; j <= b.length; j++) m[i].push(i && j ? a[i - 1] === b[j - 1] ? m[i - 1][j - 1] + a[i - 1] : m[i - 1][j].length >= m[i][j - 1].length ? m[i - 1][j] : m[i][j - 1] : ""); } return m[a.length][b.length]; }
console.log(lcs("AGGTAB", "GXTXAYB"), lcs("abcdef", "acf"), lcs("abc", "xyz") === "");
