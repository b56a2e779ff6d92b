// Events, a state machine and a tiny promise-free scheduler.
"use strict";
function Emitter() { this.h = {}; }
Emitter.prototype.on = function (n, f) { (this.h[n] = this.h[n] || []).push(f); return this; };
Emitter.prototype.off = function (n, f) { this.h[n] = (this.h[n] || []).filter(function (g) { return g !== f; }); return this; };
Emitter.prototype.once = function (n, f) { var self = this; function g() { self.off(n, g); f.apply(this, arguments); } return this.on(n, g); };
Emitter.prototype.emit = function (n) { var args = Array.prototype.slice.call(arguments, 1), l = this.h[n] || []; l.forEach(function (f) { f.apply(this, args); }, this); return l.length; };
var e = new Emitter(), log = [];
function a(x) { log.push("a" + x); }
e.on("t", a).once("t", function (x, y) { log.push("once" + x + y); }).on("t", function () { log.push(this === e); });
console.log(e.emit("t", 1, 2), e.emit("t", 3), e.off("t", a).emit("t", 4), e.emit("none"), log.join());
function machine(states, start) { var s = start; return function (ev) { var next = states[s][ev] || states[s]["*"] || s; var moved = s + ">" + next; s = next; return moved; }; }
var door = machine({ closed: { open: "opened", lock: "locked" }, opened: { close: "closed" }, locked: { unlock: "closed", "*": "locked" } }, "closed");
console.log(["open", "lock", "close", "lock", "open", "unlock"].map(door).join(" "));
var queue = [], time = 0, order = [];
function at(d, f) { queue.push({ t: time + d, f: f, n: queue.length }); queue.sort(function (x, y) { return x.t - y.t || x.n - y.n; }); }
at(5, function () { order.push("five@" + time); at(1, function () { order.push("six@" + time); }); });
at(3, function () { order.push("three@" + time); });
at(3, function () { order.push("three again@" + time); });
while (queue.length) { var q = queue.shift(); time = q.t; q.f(); }
console.log(order.join());
