"use strict";
// Prototypes that get setters, read-only properties and other prototypes while objects are made.
function attempt(f) {
    try {
        return String(f());
    } catch (e) {
        return e.name + ": " + e.message;
    }
}
var log = [];
function Early(v) {
    this.a = v;
    this.b = v;
}
Object.defineProperty(Early.prototype, "b", { set: function (v) { log.push("early " + v); } });
console.log(JSON.stringify(new Early(1)), log.join());

function Midway(v) {
    this.a = v;
    if (v === 2) Object.defineProperty(Midway.prototype, "b", { set: function (w) { log.push("midway " + w); } });
    this.b = v;
    this.c = v;
}
var before = new Midway(1);
console.log(JSON.stringify(before), JSON.stringify(new Midway(2)), JSON.stringify(new Midway(3)), log.join());
before.b = 4;
console.log(JSON.stringify(before), log.join());
