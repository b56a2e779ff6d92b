// A small operating system simulation in the manner of Richards: tasks, packets, devices.
"use strict";
function Task(id, pri, fn) { this.id = id; this.pri = pri; this.fn = fn; this.queue = []; this.runs = 0; this.state = "ready"; }
function Sched() { this.tasks = []; this.log = 0; this.switches = 0; }
Sched.prototype.add = function (id, pri, fn) { var t = new Task(id, pri, fn); this.tasks.push(t); this.tasks.sort(function (a, b) { return b.pri - a.pri; }); return t; };
Sched.prototype.send = function (to, packet) { for (var i = 0; i < this.tasks.length; i++) if (this.tasks[i].id === to) { this.tasks[i].queue.push(packet); if (this.tasks[i].state === "wait") this.tasks[i].state = "ready"; return true; } return false; };
Sched.prototype.run = function (max) {
    for (var n = 0; n < max; n++) {
        var t = null;
        for (var i = 0; i < this.tasks.length; i++) if (this.tasks[i].state === "ready") { t = this.tasks[i]; break; }
        if (t === null) return "idle after " + n;
        this.switches++; t.runs++;
        t.state = t.fn.call(t, this, t.queue.shift()) || t.state;
    }
    return "limit";
};
var s = new Sched(), sum = 0, left = 40, seed = 1;
s.add("idle", 0, function (s) { if (--left < 0) return "done"; seed = seed * 48271 % 2147483647; s.send(seed & 1 ? "dev A" : "dev B", { n: left, kind: "io" }); return "ready"; });
s.add("worker", 1, function (s, p) { if (!p) return "wait"; for (var i = 0; i < 4; i++) p.data[i] = (p.data[i] + p.n * i) & 255; s.send("sink", p); return this.queue.length ? "ready" : "wait"; });
s.add("dev A", 3, function (s, p) { if (!p) return "wait"; s.send("worker", { n: p.n, data: [1, 2, 3, 4] }); return "ready"; });
s.add("dev B", 3, function (s, p) { if (!p) return "wait"; s.send("worker", { n: -p.n, data: [9, 8, 7, 6] }); s.send("nobody", p); return "ready"; });
s.add("sink", 2, function (s, p) { if (!p) return "wait"; sum += p.data.reduce(function (a, b) { return a + b; }, 0); return "ready"; });
console.log(s.run(2000), sum, s.switches, s.tasks.map(function (t) { return t.id + ":" + t.runs + t.state.charAt(0); }).join());
