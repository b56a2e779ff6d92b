"use strict";
var IDLE = 0, WORKER = 1, HANDLERA = 2, HANDLERB = 3, DEVICEA = 4, DEVICEB = 5;
var KIND_DEV = 0, KIND_WORK = 1;
var RUNNING = 0, RUNNABLE = 1, SUSPENDED = 2, HELD = 4;
var DATA_SIZE = 4;
class Packet {
  constructor(link, id, kind) {
    this.link = link; this.id = id; this.kind = kind; this.a1 = 0;
    this.a2 = [0, 0, 0, 0];
  }
  addTo(queue) {
    this.link = null;
    if (queue === null) return this;
    var next, p = queue;
    while ((next = p.link) !== null) p = next;
    p.link = this;
    return queue;
  }
}
class Task {
  constructor(s) { this.s = s; }
  run(packet) { return null; }
}
class IdleTask extends Task {
  constructor(s, v1, count) { super(s); this.v1 = v1; this.count = count; }
  run(packet) {
    this.count--;
    if (this.count === 0) return this.s.holdCurrent();
    if ((this.v1 & 1) === 0) {
      this.v1 = this.v1 >> 1;
      return this.s.release(DEVICEA);
    }
    this.v1 = (this.v1 >> 1) ^ 0xD008;
    return this.s.release(DEVICEB);
  }
}
class DeviceTask extends Task {
  constructor(s) { super(s); this.v1 = null; }
  run(packet) {
    if (packet === null) {
      if (this.v1 === null) return this.s.suspendCurrent();
      var v = this.v1;
      this.v1 = null;
      return this.s.queue(v);
    }
    this.v1 = packet;
    return this.s.holdCurrent();
  }
}
class WorkerTask extends Task {
  constructor(s, v1, v2) { super(s); this.v1 = v1; this.v2 = v2; }
  run(packet) {
    if (packet === null) return this.s.suspendCurrent();
    if (this.v1 === HANDLERA) this.v1 = HANDLERB; else this.v1 = HANDLERA;
    packet.id = this.v1;
    packet.a1 = 0;
    for (var i = 0; i < DATA_SIZE; i++) {
      this.v2++;
      if (this.v2 > 26) this.v2 = 1;
      packet.a2[i] = this.v2;
    }
    return this.s.queue(packet);
  }
}
class HandlerTask extends Task {
  constructor(s) { super(s); this.v1 = null; this.v2 = null; }
  run(packet) {
    if (packet !== null) {
      if (packet.kind === KIND_WORK) this.v1 = packet.addTo(this.v1);
      else this.v2 = packet.addTo(this.v2);
    }
    if (this.v1 !== null) {
      var count = this.v1.a1, v;
      if (count < DATA_SIZE) {
        if (this.v2 !== null) {
          v = this.v2;
          this.v2 = this.v2.link;
          v.a1 = this.v1.a2[count];
          this.v1.a1 = count + 1;
          return this.s.queue(v);
        }
      } else {
        v = this.v1;
        this.v1 = this.v1.link;
        return this.s.queue(v);
      }
    }
    return this.s.suspendCurrent();
  }
}
class Tcb {
  constructor(link, id, pri, queue, task) {
    this.link = link; this.id = id; this.pri = pri; this.queue = queue; this.task = task;
    if (queue === null) this.state = SUSPENDED; else this.state = SUSPENDED | RUNNABLE;
  }
  setRunning() { this.state = RUNNING; }
  markNotHeld() { this.state = this.state & ~HELD; }
  markHeld() { this.state = this.state | HELD; }
  isHeldOrSuspended() { return (this.state & HELD) !== 0 || this.state === SUSPENDED; }
  markSuspended() { this.state = this.state | SUSPENDED; }
  markRunnable() { this.state = this.state | RUNNABLE; }
  run() {
    var packet = null;
    if (this.state === (SUSPENDED | RUNNABLE)) {
      packet = this.queue;
      this.queue = packet.link;
      if (this.queue === null) this.state = RUNNING; else this.state = RUNNABLE;
    }
    return this.task.run(packet);
  }
  checkPriorityAdd(task, packet) {
    if (this.queue === null) {
      this.queue = packet;
      this.markRunnable();
      if (this.pri > task.pri) return this;
    } else {
      this.queue = packet.addTo(this.queue);
    }
    return task;
  }
}
class Scheduler {
  constructor() {
    this.queueCount = 0; this.holdCount = 0;
    this.blocks = [null, null, null, null, null, null];
    this.list = null; this.currentTcb = null; this.currentId = 0;
  }
  addTask(id, pri, queue, task) {
    this.currentTcb = new Tcb(this.list, id, pri, queue, task);
    this.list = this.currentTcb;
    this.blocks[id] = this.currentTcb;
  }
  schedule() {
    this.currentTcb = this.list;
    while (this.currentTcb !== null) {
      if (this.currentTcb.isHeldOrSuspended()) {
        this.currentTcb = this.currentTcb.link;
      } else {
        this.currentId = this.currentTcb.id;
        this.currentTcb = this.currentTcb.run();
      }
    }
  }
  release(id) {
    var tcb = this.blocks[id];
    if (tcb === null) return tcb;
    tcb.markNotHeld();
    if (tcb.pri > this.currentTcb.pri) return tcb;
    return this.currentTcb;
  }
  holdCurrent() {
    this.holdCount++;
    this.currentTcb.markHeld();
    return this.currentTcb.link;
  }
  suspendCurrent() {
    this.currentTcb.markSuspended();
    return this.currentTcb;
  }
  queue(packet) {
    var t = this.blocks[packet.id];
    if (t === null) return t;
    this.queueCount++;
    packet.link = null;
    packet.id = this.currentId;
    return t.checkPriorityAdd(this.currentTcb, packet);
  }
}
function runRichards() {
  var s = new Scheduler();
  s.addTask(IDLE, 0, null, new IdleTask(s, 1, 1000));
  s.currentTcb.setRunning();
  var q = new Packet(null, WORKER, KIND_WORK);
  q = new Packet(q, WORKER, KIND_WORK);
  s.addTask(WORKER, 1000, q, new WorkerTask(s, HANDLERA, 0));
  q = new Packet(null, DEVICEA, KIND_DEV);
  q = new Packet(q, DEVICEA, KIND_DEV);
  q = new Packet(q, DEVICEA, KIND_DEV);
  s.addTask(HANDLERA, 2000, q, new HandlerTask(s));
  q = new Packet(null, DEVICEB, KIND_DEV);
  q = new Packet(q, DEVICEB, KIND_DEV);
  q = new Packet(q, DEVICEB, KIND_DEV);
  s.addTask(HANDLERB, 3000, q, new HandlerTask(s));
  s.addTask(DEVICEA, 4000, null, new DeviceTask(s));
  s.addTask(DEVICEB, 5000, null, new DeviceTask(s));
  s.schedule();
  return s.queueCount * 10000 + s.holdCount;
}
function run() {
  var r = 0;
  for (var i = 0; i < 20; i++) r = runRichards();
  return r;
}

console.log(run());
