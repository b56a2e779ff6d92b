//! Makes what is known of classes plain: `new` of a known constructor, `super(…)` of a known base class, and calls of methods
//! that objects of a known class have.
//!
//! * `new C(…)` becomes [`Op::NewInstance`] and a direct call of the constructor, if that returns nothing; for a derived class, a direct call
//!   alone, since its constructor makes the object.
//! * `super(…)` in a class whose base is known becomes the same, with the `new.target` at hand.
//! * A field of such an object, `x = 1;` in the body of the class, becomes an assignment, which is a step of the chain of shapes
//!   ([`super::shapes`]), where no accessor or read-only property has its name.
//! * `o.m(…)`, where `o` probably is of one of few classes: a comparison of its shape ([`Op::HasClass`]) with that of each, and where it is that,
//!   a direct call. All other objects take the general way. An object has that shape only if it has no own property but
//!   those that the constructor gave it, and inherits from the class's prototype. What is found there is known if the
//!   program defines the method once, as a part of the class, and nothing else writes a property of that name: then nobody can tell.
//!
//! A class counts as known if it is evaluated at most once.
use super::callees::{self, can_be_called_directly};
use super::infer::Facts;
use super::inline::has_handlers;
use super::shapes::Shapes;
use crate::module::{BlockCall, Const, Function, Imm, InstData, Module, ParamKind, ValueDef};
use crate::op::{Op, Terminator};
use crate::types::{Block, FuncId, Inst, SourceLoc, StrId, Type, Value};
use jerboa_abi::builtins::{NativeId, PropertyValue, builtin_value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The most classes that a receiver is compared with.
const MAX_RECEIVERS: usize = 2;
/// Names with which a program changes what objects inherit from, so that nothing is known of methods.
const REPARENTS: &[&[u8]] = &[b"setPrototypeOf", b"__proto__"];

/// Rewrites all functions; whether anything changed. Methods are looked at if `methods` says so, which must be once: the general
/// way stays a call of a method.
pub fn run(module: &mut Module, methods: bool) -> bool {
    // Code that comes later can do anything.
    if module.open_world {
        return false;
    }
    let has_new = |f: &Function| f.insts.iter().any(|i| matches!(i.op, Op::New | Op::NewInstance));
    if !module.functions.iter().any(has_new)
        || module.strings.iter().any(|s| REPARENTS.contains(&s.as_slice()))
    {
        return false;
    }
    let plans = Plans::compute(module, methods);
    let mut changed = false;
    for i in 0..module.functions.len() {
        let id = FuncId(i as u32);
        if has_handlers(module.function(id)) {
            continue;
        }
        for (inst, plan) in plans.of.get(&id).into_iter().flatten() {
            let signatures =
                |f: &FuncId| module.function(*f).signature.params.iter().map(|p| p.kind).collect();
            let kinds: Vec<Vec<ParamKind>> = plan.callees().iter().map(signatures).collect();
            let f = &mut module.functions[i];
            match plan {
                Plan::Assign(object, key, value) => {
                    let data = &mut f.insts[inst.index()];
                    // Nothing uses the result of the intrinsic function.
                    if data.result.is_none_or(|result| !is_used(f, result)) {
                        let data = &mut f.insts[inst.index()];
                        (data.op, data.args, data.imm) = (Op::SetProp, vec![*object, *value], Imm::Str(*key));
                        data.result = None;
                    }
                }
                Plan::Construct(callee, base) => construct(f, *inst, *callee, *base, &kinds[0]),
                Plan::Method(receivers) => call_method(f, *inst, receivers, &kinds),
            }
            changed = true;
        }
    }
    changed
}

/// What becomes of an instruction.
enum Plan {
    /// An assignment to the property of an object.
    Assign(Value, StrId, Value),
    /// A `new` or `super` call of this constructor; whether it is that of a base class.
    Construct(FuncId, bool),
    /// The method for objects of each class, and whether it gets its closure.
    Method(Vec<(FuncId, FuncId)>),
}

impl Plan {
    fn callees(&self) -> Vec<FuncId> {
        match self {
            Plan::Assign(..) => Vec::new(),
            Plan::Construct(callee, _) => vec![*callee],
            Plan::Method(receivers) => receivers.iter().map(|(_, method)| *method).collect(),
        }
    }
}

/// What is known of a class.
#[derive(Default)]
struct Class {
    /// What it extends: nothing, a known class, or something else.
    base: Option<Option<FuncId>>,
    /// Its methods; `None`: what is under that name is not known, or no method.
    methods: HashMap<StrId, Option<FuncId>>,
    /// Evaluated in more than one place, or with methods whose names are not seen.
    unknown: bool,
}

#[derive(Default)]
struct Plans {
    of: BTreeMap<FuncId, Vec<(Inst, Plan)>>,
}

impl Plans {
    fn compute(module: &Module, methods: bool) -> Plans {
        let known = callees::known(module);
        let shapes = Shapes::compute(module);
        let facts = Facts::compute(module);
        let classes = classes(module, &known);
        let accessors = accessors(module);
        let mut plans = Plans::default();
        for (i, f) in module.functions.iter().enumerate() {
            let id = FuncId(i as u32);
            for inst in f.blocks.iter().flat_map(|b| &b.insts).copied() {
                let data = f.inst(inst);
                let plan = match data.op {
                    Op::DefineField => plain_field(module, f, &data.args, &accessors),
                    Op::Call if intrinsic(f, data.args[0]) == Some(NativeId::DefineOwnField) => {
                        plain_field(module, f, &data.args[2..], &accessors)
                    }
                    Op::New => known[i][data.args[0].index()]
                        .filter(|callee| is_constructor(module, &shapes, *callee))
                        .map(|callee| Plan::Construct(callee, !module.function(callee).flags.derived)),
                    Op::Call if intrinsic(f, data.args[0]) == Some(NativeId::SuperCall) => {
                        base_of(f, data, id, &classes)
                            .filter(|base| {
                                is_constructor(module, &shapes, *base) && is_static(module.function(*base))
                            })
                            .map(|base| Plan::Construct(base, !module.function(base).flags.derived))
                    }
                    Op::CallMethod if methods => {
                        let Imm::Str(name) = data.imm else { continue };
                        let mut receivers = Vec::new();
                        for root in shapes.receivers(id, inst) {
                            let method = (!facts.may_write(name) && !shapes.has_key(*root, name))
                                .then(|| find(&classes, *root, name))
                                .flatten()
                                .filter(|method| can_be_method(module.function(*method)));
                            receivers.extend(method.map(|method| (*root, method)));
                        }
                        let all = receivers.len() == shapes.receivers(id, inst).len();
                        (all && !receivers.is_empty() && receivers.len() <= MAX_RECEIVERS)
                            .then_some(Plan::Method(receivers))
                    }
                    _ => None,
                };
                if let Some(plan) = plan {
                    plans.of.entry(id).or_default().push((inst, plan));
                }
            }
        }
        plans
    }
}

/// The classes of a program by their constructors.
fn classes(module: &Module, known: &[Vec<Option<FuncId>>]) -> HashMap<FuncId, Class> {
    let mut classes: HashMap<FuncId, Class> = HashMap::new();
    for (i, f) in module.functions.iter().enumerate() {
        // Prototype objects of classes.
        let mut prototypes: HashMap<Value, FuncId> = HashMap::new();
        for inst in f.blocks.iter().flat_map(|b| &b.insts) {
            let data = f.inst(*inst);
            if data.op != Op::Call {
                continue;
            }
            let function = |value: Option<&Value>| value.and_then(|v| known[i][v.index()]);
            match intrinsic(f, data.args[0]) {
                Some(NativeId::ClassPrototype) => {
                    let Some(constructor) = function(data.args.get(2)) else { continue };
                    let class = classes.entry(constructor).or_default();
                    class.unknown |= class.base.is_some() || !is_static(module.function(constructor));
                    class.base = Some(match data.args.get(3) {
                        None => None,
                        Some(base) => {
                            let base =
                                known[i][base.index()].filter(|base| is_static(module.function(*base)));
                            class.unknown |= base.is_none();
                            base
                        }
                    });
                    prototypes.extend(data.result.map(|prototype| (prototype, constructor)));
                }
                Some(NativeId::DefineMethod) => {
                    let [object, key, method, flags] = data.args[2..] else { continue };
                    // Static methods are on constructors.
                    let Some(class) = prototypes.get(&object).and_then(|c| classes.get_mut(c)) else {
                        continue;
                    };
                    match (f.constant(key), f.constant(flags)) {
                        (Some(Const::Str(name)), Some(Const::Number(flags))) => {
                            let method = function(Some(&method)).filter(|_| flags == 0.0);
                            class.methods.entry(name).and_modify(|m| *m = None).or_insert(method);
                        }
                        _ => class.unknown = true,
                    }
                }
                _ => {}
            }
        }
    }
    classes
}

/// The method of a name that objects of a class inherit.
fn find(classes: &HashMap<FuncId, Class>, class: FuncId, name: StrId) -> Option<FuncId> {
    let mut at = class;
    // Nothing extends itself, but the program may have been written by someone who tries.
    for _ in 0..=classes.len() {
        let class = classes.get(&at).filter(|class| !class.unknown)?;
        if let Some(method) = class.methods.get(&name) {
            return *method;
        }
        at = class.base??;
    }
    None
}

/// The class that `super(…)` calls in a constructor.
fn base_of(f: &Function, call: &InstData, id: FuncId, classes: &HashMap<FuncId, Class>) -> Option<FuncId> {
    let own = |kind| {
        let position = f.signature.params.iter().position(|p| p.kind == kind)?;
        Some(f.block(Function::ENTRY).params[position])
    };
    let is_own = own(ParamKind::Callee) == call.args.get(2).copied()
        && own(ParamKind::NewTarget) == call.args.get(3).copied();
    let class = classes.get(&id).filter(|class| is_own && !class.unknown)?;
    class.base?
}

/// Whether objects that a constructor makes are known to be what they are, and nothing else is returned.
fn is_constructor(module: &Module, shapes: &Shapes, id: FuncId) -> bool {
    let f = module.function(id);
    if !f.flags.constructor || !can_be_called_directly(f) || f.flags.generator {
        return false;
    }
    // A derived constructor returns the object itself.
    f.flags.derived
        || (f.flags.class || shapes.root(id).is_some())
            && f.blocks.iter().all(|block| match block.terminator {
                Some(Terminator::Return(value)) => f.constant(value) == Some(Const::Undefined),
                _ => true,
            })
}

/// Whether a function can be called as a method without its closure at hand.
fn can_be_method(f: &Function) -> bool {
    let wants_closure = f.signature.params.iter().any(|p| p.kind == ParamKind::Callee);
    can_be_called_directly(f) && (!wants_closure || is_static(f))
}

/// Whether a function has one closure, which `closure` gives anywhere.
fn is_static(f: &Function) -> bool {
    f.flags.single && f.captures == 0
}

/// The intrinsic function that a callee is.
fn intrinsic(f: &Function, callee: Value) -> Option<NativeId> {
    let ValueDef::Result(inst) = f.values[callee.index()].def else { return None };
    match (f.inst(inst).op, &f.inst(inst).imm) {
        (Op::Builtin, Imm::Builtin(number)) => match builtin_value(*number)? {
            PropertyValue::Native(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}

/// Built-in functions that make properties read-only or accessors.
const GUARDS: &[&[u8]] =
    &[b"defineProperty", b"defineProperties", b"__defineGetter__", b"__defineSetter__", b"freeze", b"create"];

/// The names that accessors of the program have; `None` if they are not known.
fn accessors(module: &Module) -> Option<HashSet<StrId>> {
    if module.strings.iter().any(|s| GUARDS.contains(&s.as_slice())) {
        return None;
    }
    let mut names = HashSet::new();
    for f in &module.functions {
        for inst in f.blocks.iter().flat_map(|b| &b.insts).map(|inst| f.inst(*inst)) {
            let key = match inst.op {
                Op::DefineGetter | Op::DefineSetter => inst.args[1],
                Op::Call if intrinsic(f, inst.args[0]) == Some(NativeId::DefineMethod) => {
                    match inst.args[2..] {
                        [_, _, _, flags] if f.constant(flags) == Some(Const::Number(0.0)) => continue,
                        [_, key, ..] => key,
                        _ => return None,
                    }
                }
                _ => continue,
            };
            let Some(Const::Str(name)) = f.constant(key) else { return None };
            names.insert(name);
        }
    }
    Some(names)
}

/// A definition of a field (object, key, value) that an assignment can do: of an object that a constructor of the
/// program makes, with a name that nothing of what the object inherits objects to.
fn plain_field(
    module: &Module,
    f: &Function,
    args: &[Value],
    accessors: &Option<HashSet<StrId>>,
) -> Option<Plan> {
    let [object, key, value] = *args else { return None };
    let Some(Const::Str(name)) = f.constant(key) else { return None };
    let text = module.string(name);
    let is_name = text != b"__proto__" && text.first().is_some_and(|c| !c.is_ascii_digit());
    let is_new = match f.values[object.index()].def {
        ValueDef::Param(Function::ENTRY, at) => {
            f.flags.class && f.signature.params[at as usize].kind == ParamKind::This
        }
        ValueDef::Param(..) => false,
        ValueDef::Result(inst) => match (f.inst(inst).op, &f.inst(inst).imm) {
            (Op::NewInstance, _) => true,
            (Op::CallDirect, Imm::Func(base)) => f.flags.derived && makes_plain_objects(module, *base),
            _ => false,
        },
    };
    let is_plain = is_name && is_new && !accessors.as_ref()?.contains(&name);
    is_plain.then_some(Plan::Assign(object, name, value))
}

/// Whether a derived constructor returns what `new` made for its innermost base.
fn makes_plain_objects(module: &Module, mut id: FuncId) -> bool {
    // The chain of bases is no longer than the list of functions.
    for _ in 0..module.functions.len() {
        let f = module.function(id);
        let mut returned = f.blocks.iter().filter_map(|b| match b.terminator {
            Some(Terminator::Return(value)) => Some(value),
            _ => None,
        });
        let Some(value) = returned.next().filter(|_| f.flags.derived && returned.next().is_none()) else {
            return false;
        };
        let ValueDef::Result(inst) = f.values[value.index()].def else { return false };
        match (f.inst(inst).op, &f.inst(inst).imm) {
            (Op::NewInstance, _) => return true,
            (Op::CallDirect, Imm::Func(base)) => id = *base,
            _ => return false,
        }
    }
    false
}

/// Whether anything uses a value.
fn is_used(f: &Function, value: Value) -> bool {
    f.blocks.iter().any(|block| {
        block.insts.iter().any(|inst| f.inst(*inst).args.contains(&value))
            || block
                .terminator
                .iter()
                .any(|t| t.operand() == Some(value) || t.successors().any(|call| call.args.contains(&value)))
    })
}

/// Makes instructions in the place of another.
struct Emitter<'a> {
    f: &'a mut Function,
    out: Vec<Inst>,
    loc: SourceLoc,
}

impl Emitter<'_> {
    fn emit(&mut self, op: Op, args: Vec<Value>, imm: Imm, ty: Type) -> Value {
        let inst = self.f.make_inst(op, args, imm, Some(ty), self.loc);
        self.out.push(inst);
        self.f.inst(inst).result.expect("it has a type")
    }

    fn undefined(&mut self) -> Value {
        self.emit(Op::Const, vec![], Imm::Const(Const::Undefined), Type::Val)
    }

    /// Arguments of a direct call.
    fn arguments(
        &mut self,
        params: &[ParamKind],
        closure: Value,
        this: Value,
        args: &[Value],
        new_target: Option<Value>,
    ) -> Vec<Value> {
        let mut all = Vec::with_capacity(params.len());
        for kind in params {
            let arg = match kind {
                ParamKind::Callee => Some(closure),
                ParamKind::This => Some(this),
                ParamKind::Arg(i) => args.get(*i as usize).copied(),
                ParamKind::NewTarget => new_target,
                ParamKind::Rest(_) | ParamKind::Arguments => None,
            };
            all.push(arg.unwrap_or_else(|| self.undefined()));
        }
        all
    }
}

/// Calls a constructor directly, for `new` (constructor, arguments) or `super` (intrinsic, `this`, own constructor, `new.target`,
/// arguments).
fn construct(f: &mut Function, inst: Inst, callee: FuncId, base: bool, params: &[ParamKind]) {
    let data = f.inst(inst).clone();
    let (block, at) = f.place_of(inst).expect("plans are made for instructions in blocks");
    let mut e = Emitter { f, out: Vec::new(), loc: data.loc };
    let (closure, new_target, args) = if data.op == Op::New {
        (data.args[0], data.args[0], &data.args[1..])
    } else {
        let closure = e.emit(Op::Closure, vec![], Imm::Func(callee), Type::Val);
        (closure, data.args[3], &data.args[4..])
    };
    if base {
        // The object takes over the result's number.
        let before = std::mem::take(&mut e.out);
        let object = data.result.unwrap_or(closure);
        let args = e.arguments(params, closure, object, args, Some(new_target));
        e.emit(Op::CallDirect, args, Imm::Func(callee), Type::Val);
        let after = std::mem::take(&mut e.out);
        let made = &mut f.insts[inst.index()];
        (made.op, made.args, made.imm) = (Op::NewInstance, vec![new_target], Imm::None);
        let insts = &mut f.blocks[block.index()].insts;
        insts.splice(at..=at, before.into_iter().chain([inst]).chain(after));
    } else {
        let this = e.undefined();
        let args = e.arguments(params, closure, this, args, Some(new_target));
        let before = std::mem::take(&mut e.out);
        let call = &mut f.insts[inst.index()];
        (call.op, call.args, call.imm) = (Op::CallDirect, args, Imm::Func(callee));
        f.blocks[block.index()].insts.splice(at..at, before);
    }
}

/// Calls methods directly where the receiver is of one of these classes.
fn call_method(f: &mut Function, inst: Inst, receivers: &[(FuncId, FuncId)], kinds: &[Vec<ParamKind>]) {
    let data = f.inst(inst).clone();
    if data.result.is_none() {
        return;
    }
    let (home, rest) = f.cut_at(inst).expect("plans are made for instructions in blocks");

    let mut at = home;
    for ((class, method), kinds) in receivers.iter().zip(kinds) {
        let (direct, other) = (f.add_block(), f.add_block());
        let mut e = Emitter { f, out: Vec::new(), loc: data.loc };
        let cond = e.emit(Op::HasClass, vec![data.args[0]], Imm::Func(*class), Type::Bool);
        let test = std::mem::take(&mut e.out);
        let closure = if kinds.contains(&ParamKind::Callee) {
            e.emit(Op::Closure, vec![], Imm::Func(*method), Type::Val)
        } else {
            data.args[0]
        };
        let args = e.arguments(kinds, closure, data.args[0], &data.args[1..], None);
        let value = e.emit(Op::CallDirect, args, Imm::Func(*method), Type::Val);
        let call = std::mem::take(&mut e.out);
        f.blocks[at.index()].insts.extend(test);
        end(
            f,
            at,
            Terminator::Branch { cond, then: BlockCall::new(direct), otherwise: BlockCall::new(other) },
            data.loc,
        );
        f.blocks[direct.index()].insts = call;
        end(f, direct, Terminator::Jump(BlockCall { block: rest, args: vec![value] }), data.loc);
        at = other;
    }
    let slow = f.make_inst(data.op, data.args, data.imm, Some(Type::Val), data.loc);
    let value = f.inst(slow).result.expect("a call has a result");
    f.blocks[at.index()].insts.push(slow);
    end(f, at, Terminator::Jump(BlockCall { block: rest, args: vec![value] }), data.loc);
    super::cleanup::forget(f, inst);
}

fn end(f: &mut Function, block: Block, terminator: Terminator, loc: SourceLoc) {
    let data = &mut f.blocks[block.index()];
    (data.terminator, data.loc) = (Some(terminator), loc);
}
