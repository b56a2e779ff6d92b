function f({ a, b: [c, ...d] }, e = 1) { return a + c + e; }
let x = 1, y = 2;
[x, y] = [y, x];
print(f({ a: 1, b: "xyz" }), x);
