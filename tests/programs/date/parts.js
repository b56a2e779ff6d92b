// Parts of dates: constructor, getters, setters, ranges.
"use strict"; var d = new Date(Date.UTC(2024, 1, 29, 23, 59, 58, 7));
console.log(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds(), d.getTime(), d.valueOf(), +d, d - 0);
console.log(Date.UTC(2024), Date.UTC(99, 0), Date.UTC(2024, 12), Date.UTC(2024, -1, 1), Date.UTC(2024, 0, 0), Date.UTC(2024, 0, 1, 25, 61, 61, 1001), Date.UTC(), Date.UTC(NaN), Date.UTC(275760, 8, 13), Date.UTC(275760, 8, 13, 0, 0, 0, 1), Date.UTC(1e9), Date.UTC(2024.9, 1.9), Date.UTC(0, 0), Date.UTC(-1, 0));
function set(f) { var x = new Date(Date.UTC(2024, 0, 31, 1, 2, 3, 4)); var r = f(x); return r + " " + (isNaN(x) ? "NaN" : x.toISOString()); }
console.log(set(function (x) { return x.setUTCMonth(1); }), set(function (x) { return x.setUTCMonth(1, 1); }), set(function (x) { return x.setUTCDate(0); }));
console.log(set(function (x) { return x.setUTCFullYear(2023, 1, 29); }), set(function (x) { return x.setUTCHours(25); }), set(function (x) { return x.setUTCHours(1, 2, 3, 4); }));
console.log(set(function (x) { return x.setUTCMinutes(-1); }), set(function (x) { return x.setUTCSeconds(90, 5); }), set(function (x) { return x.setUTCMilliseconds(1e6); }), set(function (x) { return x.setTime(0); }));
console.log(set(function (x) { return x.setUTCMonth(NaN); }), set(function (x) { return x.setUTCDate(); }), set(function (x) { x.setTime(NaN); return x.setUTCHours(1); }), set(function (x) { x.setTime(NaN); return x.setUTCFullYear(2000); }));
for (var y = -400; y <= 2800; y += 400) { var t = Date.UTC(y, 1, 29); console.log(y, t, new Date(t).getUTCDate(), new Date(t).getUTCDay()); }
var bad = 0, day = Date.UTC(1890, 0, 1);
for (var i = 0; i < 3000; i++) { var x = new Date(day); if (Date.UTC(x.getUTCFullYear(), x.getUTCMonth(), x.getUTCDate()) !== day || x.getUTCDay() !== (((day / 864e5 + 4) % 7) + 7) % 7) bad++; day += 37 * 864e5; }
console.log(bad, new Date(day).toISOString());
console.log(new Date(0).getTime(), new Date("2000-01-01T00:00Z").getTime(), new Date(new Date(5)).getTime(), new Date(1.9).getTime(), new Date(-1.9).getTime(), new Date(null).getTime(), new Date(undefined).getTime(), new Date(true).getTime(), new Date(8.64e15 + 1).getTime(), 1 / new Date(-0).getTime());
console.log(typeof Date(), typeof Date.now(), Date.length, Date.name, Date.UTC.length, Date.prototype.setHours.length, Object.prototype.toString.call(d), d instanceof Date);
console.log(typeof (d + 1), d > new Date(0), d == +d, d === d, new Date(3) - new Date(1), new Date(7) * 2, JSON.stringify([new Date(0)]), Object.keys(d).length);
d.extra = 1; console.log(d, isNaN(new Date("x")), Object.is(new Date(-0).getTime(), 0), new Date(0).getYear(), new Date(2019, 5).getTime() === new Date("2019-06-01T00:00:00").getTime());
