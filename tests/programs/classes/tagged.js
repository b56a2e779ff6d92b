"use strict";
function tag(strings, ...values) { return strings.join('|') + ' / ' + strings.raw.join('|') + ' / ' + values.join(); }
console.log(tag`a${1}b\n${2}c`);
function same(s) { return s; }
function site() { return same`x${1}`; }
console.log(site() === site(), same`x` === same`x`, Object.isFrozen(site()), Object.isFrozen(site().raw), site().raw.length);
console.log(tag`\unicode and ${'v'}`.indexOf('unicode'), same`\xg`[0]);
var o = { p: 'me', f(s) { return this.p + s[0]; } };
console.log(o.f`!`, o['f']`?`, (() => same)()`z`[0], new (class { m(s) { return s.raw[0]; } })().m`\t`);
var { a, ...rest } = { a: 1, b: 2, c: 3 };
console.log(a, JSON.stringify(rest), JSON.stringify({ ...rest, b: 9, ...null, ...[7, 8], ...'hi' }));
var k = 'b', target = {};
({ [k]: target.x, ...target.rest } = { a: 1, b: 2, 5: 3 });
console.log(JSON.stringify(target));
function f({ x = 1, ...r } = {}) { return x + JSON.stringify(r); }
console.log(f(), f({ y: 2 }), f({ x: 5, z: 6 }));
