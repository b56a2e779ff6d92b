// print writes strings, without inspection.
"use strict";
print("a", 1, true, null, undefined);
print();
print([1, [2, 3]], "x" + 1);
print({}, -0, 1.5);
print("é日😀", { toString: function () { return "own"; } });
try { print({ toString: function () { throw "from toString"; } }); } catch (e) { print("caught", e); }
print(typeof print, print("inner"));
[1, 2].forEach(function (x) { print(x); });
