"use strict";
var REQUIRED = 0, STRONG_PREFERRED = 1, PREFERRED = 2, STRONG_DEFAULT = 3, NORMAL = 4, WEAK_DEFAULT = 5, WEAKEST = 6;
var NONE = 0, FORWARD = 1, BACKWARD = -1;
var planner = null;
class Variable {
  constructor(name, value) {
    this.value = value; this.constraints = []; this.determinedBy = null;
    this.mark = 0; this.walk = WEAKEST; this.stay = true; this.name = name;
  }
  addConstraint(c) { this.constraints.push(c); }
  removeConstraint(c) {
    var keep = [];
    for (var i = 0; i < this.constraints.length; i++) {
      if (this.constraints[i] !== c) keep.push(this.constraints[i]);
    }
    this.constraints = keep;
    if (this.determinedBy === c) this.determinedBy = null;
  }
}
class Constraint {
  constructor(strength) { this.strength = strength; }
  addConstraint() { this.addToGraph(); planner.incrementalAdd(this); }
  satisfy(mark) {
    this.chooseMethod(mark);
    if (!this.isSatisfied()) return null;
    this.markInputs(mark);
    var out = this.output();
    var overridden = out.determinedBy;
    if (overridden !== null) overridden.markUnsatisfied();
    out.determinedBy = this;
    planner.addPropagate(this, mark);
    out.mark = mark;
    return overridden;
  }
  destroyConstraint() {
    if (this.isSatisfied()) planner.incrementalRemove(this);
    else this.removeFromGraph();
  }
  isInput() { return false; }
}
class UnaryConstraint extends Constraint {
  constructor(v, strength) { super(strength); this.myOutput = v; this.satisfied = false; }
  addToGraph() { this.myOutput.addConstraint(this); this.satisfied = false; }
  chooseMethod(mark) { this.satisfied = (this.myOutput.mark !== mark) && this.strength < this.myOutput.walk; }
  isSatisfied() { return this.satisfied; }
  markInputs(mark) { }
  output() { return this.myOutput; }
  recalculate() {
    this.myOutput.walk = this.strength;
    this.myOutput.stay = !this.isInput();
    if (this.myOutput.stay) this.execute();
  }
  markUnsatisfied() { this.satisfied = false; }
  inputsKnown(mark) { return true; }
  removeFromGraph() { if (this.myOutput !== null) this.myOutput.removeConstraint(this); this.satisfied = false; }
  execute() { }
}
class StayConstraint extends UnaryConstraint {
  constructor(v, s) { super(v, s); }
}
class EditConstraint extends UnaryConstraint {
  constructor(v, s) { super(v, s); }
  isInput() { return true; }
}
class BinaryConstraint extends Constraint {
  constructor(v1, v2, strength) { super(strength); this.v1 = v1; this.v2 = v2; this.direction = NONE; }
  chooseMethod(mark) {
    if (this.v1.mark === mark) {
      this.direction = (this.v2.mark !== mark && this.strength < this.v2.walk) ? FORWARD : NONE;
    }
    if (this.v2.mark === mark) {
      this.direction = (this.v1.mark !== mark && this.strength < this.v1.walk) ? BACKWARD : NONE;
    }
    if (this.v1.walk > this.v2.walk) {
      this.direction = this.strength < this.v1.walk ? BACKWARD : NONE;
    } else {
      this.direction = this.strength < this.v2.walk ? FORWARD : BACKWARD;
    }
  }
  addToGraph() { this.v1.addConstraint(this); this.v2.addConstraint(this); this.direction = NONE; }
  isSatisfied() { return this.direction !== NONE; }
  markInputs(mark) { this.input().mark = mark; }
  input() { return this.direction === FORWARD ? this.v1 : this.v2; }
  output() { return this.direction === FORWARD ? this.v2 : this.v1; }
  recalculate() {
    var ihn = this.input(), out = this.output();
    out.walk = this.strength > ihn.walk ? this.strength : ihn.walk;
    out.stay = ihn.stay;
    if (out.stay) this.execute();
  }
  markUnsatisfied() { this.direction = NONE; }
  inputsKnown(mark) {
    var i = this.input();
    return i.mark === mark || i.stay || i.determinedBy === null;
  }
  removeFromGraph() {
    this.v1.removeConstraint(this); this.v2.removeConstraint(this);
    this.direction = NONE;
  }
  execute() { }
}
class EqualityConstraint extends BinaryConstraint {
  constructor(v1, v2, s) { super(v1, v2, s); }
  execute() { this.output().value = this.input().value; }
}
class ScaleConstraint extends BinaryConstraint {
  constructor(src, scale, off, dest, strength) {
    super(src, dest, strength);
    this.scale = scale; this.offset = off;
  }
  addToGraph() {
    this.v1.addConstraint(this); this.v2.addConstraint(this); this.direction = NONE;
    this.scale.addConstraint(this);
    this.offset.addConstraint(this);
  }
  removeFromGraph() {
    this.v1.removeConstraint(this); this.v2.removeConstraint(this);
    this.scale.removeConstraint(this);
    this.offset.removeConstraint(this);
    this.direction = NONE;
  }
  markInputs(mark) { this.input().mark = mark; this.scale.mark = mark; this.offset.mark = mark; }
  execute() {
    if (this.direction === FORWARD) this.v2.value = this.v1.value * this.scale.value + this.offset.value;
    else this.v1.value = (this.v2.value - this.offset.value) / this.scale.value;
  }
  recalculate() {
    var ihn = this.input(), out = this.output();
    out.walk = this.strength > ihn.walk ? this.strength : ihn.walk;
    out.stay = ihn.stay && this.scale.stay && this.offset.stay;
    if (out.stay) this.execute();
  }
}
class Planner {
  constructor() { this.currentMark = 0; }
  newMark() { this.currentMark = this.currentMark + 1; return this.currentMark; }
  incrementalAdd(c) {
    var mark = this.newMark();
    var overridden = c.satisfy(mark);
    while (overridden !== null) overridden = overridden.satisfy(mark);
  }
  incrementalRemove(c) {
    var out = c.output();
    c.markUnsatisfied();
    c.removeFromGraph();
    var unsat = this.removePropagateFrom(out);
    var strength = REQUIRED;
    do {
      for (var i = 0; i < unsat.length; i++) {
        var u = unsat[i];
        if (u.strength === strength) this.incrementalAdd(u);
      }
      strength = strength + 1;
    } while (strength !== WEAKEST);
  }
  makePlan(sources) {
    var mark = this.newMark();
    var plan = [];
    var todo = sources;
    while (todo.length > 0) {
      var c = todo.pop();
      if (c.output().mark !== mark && c.inputsKnown(mark)) {
        plan.push(c);
        c.output().mark = mark;
        this.addConsuming(c.output(), todo);
      }
    }
    return plan;
  }
  extractPlan(cs) {
    var sources = [];
    for (var i = 0; i < cs.length; i++) {
      var c = cs[i];
      if (c.isInput() && c.isSatisfied()) sources.push(c);
    }
    return this.makePlan(sources);
  }
  addPropagate(c, mark) {
    var todo = [c];
    while (todo.length > 0) {
      var d = todo.pop();
      if (d.output().mark === mark) { this.incrementalRemove(c); return false; }
      d.recalculate();
      this.addConsuming(d.output(), todo);
    }
    return true;
  }
  removePropagateFrom(out) {
    out.determinedBy = null;
    out.walk = WEAKEST;
    out.stay = true;
    var unsat = [];
    var todo = [out];
    while (todo.length > 0) {
      var v = todo.pop();
      for (var i = 0; i < v.constraints.length; i++) {
        var c = v.constraints[i];
        if (!c.isSatisfied()) unsat.push(c);
      }
      var det = v.determinedBy;
      for (var j = 0; j < v.constraints.length; j++) {
        var next = v.constraints[j];
        if (next !== det && next.isSatisfied()) {
          next.recalculate();
          todo.push(next.output());
        }
      }
    }
    return unsat;
  }
  addConsuming(v, coll) {
    var det = v.determinedBy;
    var cc = v.constraints;
    for (var i = 0; i < cc.length; i++) {
      var c = cc[i];
      if (c !== det && c.isSatisfied()) coll.push(c);
    }
  }
}
function execPlan(plan) { for (var i = 0; i < plan.length; i++) plan[i].execute(); }
function change(v, newValue) {
  var edit = new EditConstraint(v, PREFERRED);
  edit.addConstraint();
  var plan = planner.extractPlan([edit]);
  for (var i = 0; i < 10; i++) {
    v.value = newValue;
    execPlan(plan);
  }
  edit.destroyConstraint();
}
function chainTest(n) {
  planner = new Planner();
  var prev = null, first = null, last = null;
  for (var i = 0; i <= n; i++) {
    var v = new Variable('v' + i, 0);
    if (prev !== null) new EqualityConstraint(prev, v, REQUIRED).addConstraint();
    if (i === 0) first = v;
    if (i === n) last = v;
    prev = v;
  }
  new StayConstraint(last, STRONG_DEFAULT).addConstraint();
  var edit = new EditConstraint(first, PREFERRED);
  edit.addConstraint();
  var plan = planner.extractPlan([edit]);
  var bad = 0;
  for (var j = 0; j < 100; j++) {
    first.value = j;
    execPlan(plan);
    if (last.value !== j) bad++;
  }
  return bad;
}
function projectionTest(n) {
  planner = new Planner();
  var scale = new Variable('scale', 10);
  var off = new Variable('offset', 1000);
  var src = null, dst = null;
  var dests = [];
  for (var i = 0; i < n; i++) {
    src = new Variable('src' + i, i);
    dst = new Variable('dst' + i, i);
    dests.push(dst);
    new StayConstraint(src, NORMAL).addConstraint();
    new ScaleConstraint(src, scale, off, dst, REQUIRED).addConstraint();
  }
  var bad = 0;
  change(src, 17);
  if (dst.value !== 1170) bad++;
  change(dst, 1050);
  if (src.value !== 5) bad++;
  change(scale, 5);
  for (var a = 0; a < n - 1; a++) if (dests[a].value !== a * 5 + 1000) bad++;
  change(off, 2000);
  for (var b = 0; b < n - 1; b++) if (dests[b].value !== b * 5 + 2000) bad++;
  return bad * 100000 + dests[n - 2].value;
}
function run() {
  var r = 0;
  for (var i = 0; i < 5; i++) r = chainTest(100) * 10000000 + projectionTest(100);
  return r;
}

console.log(run());
