// Error.prototype.toString on errors and on other objects.
"use strict";
var ts = Error.prototype.toString;
console.log(ts.call({}), "|", ts.call({ name: "N" }), "|", ts.call({ message: "M" }), "|", ts.call({ name: "N", message: "M" }), "|", ts.call({ name: "", message: "M" }), "|", ts.call({ name: "N", message: "" }), "|", ts.call({ name: "", message: "" }) === "", "|", ts.call({ name: undefined, message: undefined }), "|", ts.call({ name: null, message: 0 }));
[undefined, null, 5, "s"].forEach(function (v) { try { console.log(ts.call(v)); } catch (e) { console.log(e.name); } });
var e = new TypeError("m");
e.name = "Renamed";
console.log(String(e), e instanceof TypeError, new TypeError("m").name);
e.message = "";
console.log(String(e));
delete e.name;
console.log(String(e), String(new Error("")), String(new Error()), String(new RangeError(undefined)));
Object.defineProperty(e, "message", { get: function () { return "from getter"; } });
console.log(String(e), ts.call(Object.create(e)));
