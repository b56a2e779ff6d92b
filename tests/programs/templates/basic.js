// Template literals: substitutions, nesting, escapes, line breaks.
"use strict";
var a = 5, o = { n: { m: "deep" }, f: function (x) { return `<${x}>`; } };
console.log(`plain`, `${a}`, `a=${a}!`, `${a}${a}`, `${a + 1} ${a * 2}`, ``, `${""}`, `$`, `$a`, `{}`, `\${a}`, `$${a}`, `${"$"}{a}`);
console.log(`${o.n.m} ${o.f(`in ${o.f(`ner ${a}`)}`)}`, `${a > 3 ? `yes ${a}` : "no"}`);
console.log(`line 1
line 2	tab`, `\n`.length, `\t\x41\u0042\u{1F600}`, `back\`tick`, `'"`, `\\`);
console.log(`${undefined} ${null} ${true} ${[1, 2]} ${{}} ${-0} ${1e21} ${[]}|`, `${(1, 2)}`, `${((x) => x * 2)(21)}`, `${{ a: 1 }.a}`);
console.log(typeof `x`, `x`.length, `abc`[1], `a` + `b`, `a` === "a");
console.log(`cont\
inued`, `é日😀${"é"}`.length);
console.log(`${1}${2}${3}` * 2, -`5`, !``, `${a++}${a++}${a}`);
