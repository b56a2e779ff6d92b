// Dates in text, both ways. In Node with TZ=UTC.
"use strict"; var d = new Date(Date.UTC(2024, 4, 17, 12, 34, 56, 789));
console.log(d.toISOString(), d.toUTCString(), d.toJSON(), JSON.stringify({ d: d }));
console.log(d, [d], { d: d }, new Date(NaN), [new Date(NaN)], String(new Date(NaN)), new Date(NaN).toJSON());
console.log(d.toGMTString === d.toUTCString, new Date(-1).toISOString(), new Date(8.64e15).toISOString(), new Date(-8.64e15).toISOString());
console.log(new Date(-62198755200000).toUTCString(), new Date(-62198755200000).toISOString());
["2024", "2024-05", "2024-05-17", "2024-05-17T12:34Z", "2024-05-17T12:34:56Z", "2024-05-17T12:34:56.7Z", "2024-05-17T12:34:56.789+02:30",
    "2024-05-17T24:00Z", "2024-05-17T24:00:01Z", "2024-13-01", "2024-02-30", "2024-02-32", "+012024-01-01T00:00Z", "-000000-01-01T00:00Z",
    "-000001-01-01T00:00Z", "2024-05-17T12:34:56.789123Z", "Fri May 17 2024 12:34:56 GMT+0200 (CEST)", "Fri, 17 May 2024 12:34:56 GMT",
    "foo", "", "12:00", "Thu, 01 Jan 1970 00:00:00 GMT", "Sat Jan 01 2000 00:00:00 UTC", "2024-05-17T12", "T12:00", "2024-05-17T12:34:60Z",
    "Jan 1 2000 12:00 EST", "Tue Mar 01 2022 10:00:00 GMT-0530", "2000-01-01t00:00:00z", "1 january 2000 10:20 pm GMT", "May 17, 2024 GMT",
    "05/17/2024 UTC", "5/7/24 UTC", "2024/5/7 UTC", "17 May 2024 UTC", "Dec 25, 1995 13:30 GMT", "Mon, 25 Dec 1995 13:30:00 +0430",
    "2024-05-17 12:34Z", "25 Dec 95 UTC", "13/1/2020 UTC"].forEach(function (s) { console.log(s, Date.parse(s)); });
console.log(Date.parse(d.toString()) === 1715949296000, new Date(d.toUTCString()).getTime(), +new Date(d.toISOString()) === +d);
function thrown(f) { try { return f(); } catch (e) { return e.name + ": " + e.message; } }
console.log(thrown(function () { return new Date(NaN).toISOString(); }), thrown(function () { return Date.prototype.getTime.call({}); }));
console.log(thrown(function () { return Date.prototype.toString.call({}); }), thrown(function () { return Date.prototype.toISOString.call(1); }));
console.log(Date.prototype.toJSON.call({ toISOString: function () { return "iso"; } }), Date.prototype.toJSON.call({ valueOf: function () { return NaN; } }));
