// Spread in array literals copies; strings spread by code points.
"use strict";
var a = [1, 2, 3];
var c = [...a];
c.push(4);
console.log(a.join(), c.join(), [...a, ...c].length, [0, ...a, 9, ...[]].join());
console.log([..."abc"].join("-"), [..."\u{1F600}x"].length, [...""].length, [..."\ud83d"].length);
console.log([...[...[...a]]].join(), [[...a], ...[a]].length);
(function () { console.log([...arguments, "end"].join()); })(7, 8);
var nested = [...[[1, 2]], ...[[3]]];
nested[0].push("shared");
console.log(JSON.stringify(nested));
var log = [];
var r = [log.push("a"), ...[log.push("b")], log.push("c")];
console.log(r.join(), log.join(""));
console.log([...a.map(x => x * 2), ...a.filter(x => x > 1)].join());
console.log(Math.max(...[...a, ...[10, 20]]));
try { [...null]; } catch (e) { console.log(e.name); }
try { [...{}]; } catch (e) { console.log(e.name); }
try { [...7]; } catch (e) { console.log(e.name); }
var big = [];
for (var i = 0; i < 8; i++) big = [...big, i, ...big];
console.log(big.length, big.slice(0, 8).join());
