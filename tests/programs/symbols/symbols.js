"use strict";
var a = Symbol('a'), b = Symbol('a'), none = Symbol();
console.log(typeof a, a === b, a === a, a.toString(), a.description, none.description, String(none));
var o = { [a]: 1, plain: 2, [b]: 3 };
console.log(o[a], o[b], Object.keys(o).join(), Object.getOwnPropertySymbols(o).length);
console.log(Object.getOwnPropertySymbols(o)[1] === b, a in o, Symbol('a') in o, JSON.stringify(o));
delete o[a];
console.log(a in o, Object.getOwnPropertySymbols(o).length);
console.log(Symbol.for('x') === Symbol.for('x'), Symbol.for('x') === Symbol('x'), Symbol.keyFor(Symbol.for('x')), Symbol.keyFor(a));
function attempt(f) { try { return f(); } catch (e) { return e.name + ': ' + e.message; } }
console.log(attempt(() => a + ''));
console.log(attempt(() => +a));
console.log(attempt(() => new Symbol()));
console.log(attempt(() => `${a}`));
console.log(typeof Object(a), Object(a) == a, Object(a) === a, Object(a).description);
var money = { [Symbol.toPrimitive](hint) { return hint === 'string' ? 'S' : hint === 'number' ? 7 : 'D'; } };
console.log(`${money}`, +money, money + '', money * 2, money < 8);
class Even { static [Symbol.hasInstance](n) { return n % 2 === 0; } }
console.log(2 instanceof Even, 3 instanceof Even);
console.log(Object.prototype.toString.call({ [Symbol.toStringTag]: 'Tagged' }), Symbol.iterator.toString());
console.log(Object.prototype.toString.call([][Symbol.iterator]()), Object.prototype.toString.call(a));
var copy = { ...{ [b]: 'kept', x: 1 } };
console.log(copy[b], copy.x);
var { x, ...others } = copy;
console.log(x, others[b], 'x' in others);
for (var i = 0; i < 40; i++) o[Symbol(i)] = i;
console.log(Object.getOwnPropertySymbols(o).map(s => o[s]).join());
console.log((function () {}).name, ({ [a]() {} })[a].name, ({ ['x' + 1]: () => 1 }).x1.name);
