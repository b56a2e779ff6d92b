// Lookup, shadowing and later changes along the chain.
"use strict";
function Animal(n) { this.n = n; }
Animal.prototype.legs = 4;
Animal.prototype.say = function () { return this.n + ":" + this.legs; };
var a = new Animal("a"), b = new Animal("b");
b.legs = 2;
console.log(a.say(), b.say());
Animal.prototype.legs = 6;
console.log(a.say(), b.say());
delete b.legs;
console.log(b.say());
Animal.prototype.list = [];
a.list.push("shared");
console.log(b.list.length);
a.list = ["own"];
console.log(a.list.join(), b.list.join());
Object.prototype.everywhere = "yes";
console.log(a.everywhere, [].everywhere, (5).everywhere, "s".everywhere, (function () { }).everywhere);
delete Object.prototype.everywhere;
console.log(a.everywhere);
Array.prototype.last = function () { return this[this.length - 1]; };
console.log([1, 2, 3].last());
delete Array.prototype.last;
Animal.prototype.toString = function () { return "<" + this.n + ">"; };
console.log("" + a, [a, b].join(), String(b));
a.count = a.count || 0;
a.count += 1;
console.log(a.count, b.count);
function counter(o) { o.hits = (o.hits | 0) + 1; return o.hits; }
var base = { hits: 10 }, d = Object.create(base);
console.log(counter(d), counter(d), base.hits);
