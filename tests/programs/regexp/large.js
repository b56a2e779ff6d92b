// Long strings: time in proportion to their length, also where it has other characters than ASCII.
// heap: 128k
"use strict"; var s = "abc,\u00e9f,".repeat(80);
console.log(s.split(/,/).length, s.match(/\u00e9/g).length, s.replace(/[a-c]/g, "").length, s.replace(/,/g, function () { return ";;"; }).length);
var count = 0, re = /(\w)(\w)?/g;
while (re.exec(s)) count++;
console.log(count, /(x+x+)+y/.test("xxxxxxxx"), /^(?:a+)+$/.test("a".repeat(200)), /(?:a|b)*c/.test("ab".repeat(60)));
var nested = "(".repeat(60) + "a" + ")".repeat(60);
console.log(new RegExp(nested).exec("a").length, new RegExp("a{0,3}".repeat(30)).exec("a".repeat(100))[0].length);
var alternatives = []; for (var i = 0; i < 80; i++) alternatives.push("w" + i + "x");
console.log(new RegExp(alternatives.join("|"), "g").exec("zzz w79x").index, new RegExp("(" + alternatives.join(")|(") + ")").exec("w77x").length);
