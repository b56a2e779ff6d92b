//! The shapes that a program's objects are born with or grow into, and which of them each property access will probably meet.
//!
//! There are two sorts. A literal has the shape of its keys. An object that a constructor fills with `this.a = …; this.b = …`
//! goes through a *chain* of shapes, from the empty one to the one with all keys; the chain belongs to the constructor
//! (its *root*), because its objects have another prototype.
//!
//! Shapes are numbered in lexicographic order of their keys, so **all shapes that begin with the same keys have
//! consecutive numbers**, whatever comes behind. A property that objects of several shapes have in the same slot, behind the
//! same keys, is then found with one range check on the shape's number ([`Field`]): the objects of a base class and of
//! what is derived from it, or literals that have a common beginning. The empty shapes of the roots come first.
//!
//! The prediction need not be right, since the check decides; so it may be made cheaply. Values that flow into one another
//! are joined into classes without regard to direction: arguments and parameters, what is stored under a key and what is
//! read under it anywhere. A class has the shapes of the literals and new objects in it, or else those with all keys
//! that the program uses on it.
use crate::module::{Function, Imm, Module, ParamKind, ValueDef};
use crate::op::{Op, Terminator};
use crate::types::{FuncId, Inst, StrId, Type, Value};
use std::collections::{BTreeSet, HashMap};

/// Where a property probably is: in this slot of an object whose shape has one of `span + 1` consecutive numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Field {
    /// Number of the first shape.
    pub first: u16,
    /// Number of further shapes.
    pub span: u8,
    /// The property's slot.
    pub slot: u8,
    /// If not 0: the object has no such property yet, and gets it with the shape whose number is greater by this.
    pub grow: u8,
}

/// A shape.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Shape {
    /// The keys, in order of the slots.
    pub keys: Vec<StrId>,
    /// The constructor whose `prototype` is the prototype; `None`: `Object.prototype`.
    pub root: Option<FuncId>,
}

/// The shapes of a program.
#[derive(Clone, Default, Debug)]
pub struct Shapes {
    /// In order. Those without keys, one for each root, come first.
    pub list: Vec<Shape>,
    fields: HashMap<(FuncId, Inst), Field>,
    receivers: HashMap<(FuncId, Inst), Vec<FuncId>>,
}

/// The most keys of a chain.
const MAX_CHAIN: usize = 40;
/// The most roots: a function's descriptor has six bits to name its own.
const MAX_ROOTS: usize = 62;
/// Functions of a class beyond which calls through it are not followed.
const MAX_CALLEES: usize = 8;

impl Shapes {
    /// Finds shapes and predicts accesses.
    pub fn compute(module: &Module) -> Shapes {
        let mut list = BTreeSet::new();
        for (f, (_, inst)) in instructions(module) {
            let inst = f.inst(inst);
            if let (Op::NewObject, Imm::Keys(keys)) = (inst.op, &inst.imm)
                && !keys.is_empty()
            {
                list.insert(Shape { keys: keys.clone(), root: None });
            }
        }
        let mut classes = Classes::of(module);
        let mut chains = Chains::default();
        for root in constructors(module, &mut classes).into_iter().take(MAX_ROOTS) {
            let keys = chains.of(module, &mut classes, root);
            if !keys.is_empty() {
                for count in 0..=keys.len() {
                    list.insert(Shape { keys: keys[..count].to_vec(), root: Some(root) });
                }
            }
        }
        let mut shapes = Shapes { list: list.into_iter().collect(), ..Shapes::default() };
        if !shapes.list.is_empty() && u16::try_from(shapes.list.len()).is_ok() {
            classes.predict(module, &chains, &mut shapes);
        }
        shapes
    }

    /// Number of a literal's shape.
    pub fn number(&self, keys: &[StrId]) -> Option<u16> {
        self.find(keys, None)
    }

    /// Number of a constructor's empty shape, if its objects have shapes of the program.
    pub fn root(&self, function: FuncId) -> Option<u16> {
        self.find(&[], Some(function))
    }

    /// The constructors with shapes, in the order of their empty shapes.
    pub fn roots(&self) -> impl Iterator<Item = FuncId> + '_ {
        self.list.iter().take_while(|s| s.keys.is_empty()).filter_map(|s| s.root)
    }

    fn find(&self, keys: &[StrId], root: Option<FuncId>) -> Option<u16> {
        self.list
            .binary_search_by(|other| other.keys.as_slice().cmp(keys).then(other.root.cmp(&root)))
            .ok()
            .map(|i| i as u16)
    }

    /// Number of the shape that objects have when a constructor has given them all of their properties.
    pub fn complete(&self, constructor: FuncId) -> Option<u16> {
        let own = self.list.iter().enumerate().filter(|(_, shape)| shape.root == Some(constructor));
        own.max_by_key(|(_, shape)| shape.keys.len()).map(|(i, _)| i as u16)
    }

    /// Whether a constructor gives its objects a property of this name.
    pub fn has_key(&self, constructor: FuncId, key: StrId) -> bool {
        self.list.iter().any(|shape| shape.root == Some(constructor) && shape.keys.contains(&key))
    }

    /// The constructors of the objects that a `call_method` is probably called on.
    pub fn receivers(&self, function: FuncId, inst: Inst) -> &[FuncId] {
        self.receivers.get(&(function, inst)).map_or(&[], Vec::as_slice)
    }

    /// Where the access of an instruction (`get_prop`, `set_prop` or `call_method`) probably finds its property.
    pub fn field(&self, function: FuncId, inst: Inst) -> Option<Field> {
        self.fields.get(&(function, inst)).copied()
    }

    /// The shapes that begin with the same keys as this one, up to a slot.
    fn group(&self, shape: usize, slot: usize) -> Option<Field> {
        let prefix = &self.list[shape].keys[..=slot];
        let first = self.list.partition_point(|s| s.keys.as_slice() < prefix);
        let count = self.list[first..].partition_point(|s| s.keys.starts_with(prefix));
        Some(Field {
            first: u16::try_from(first).ok()?,
            span: u8::try_from(count - 1).ok()?,
            slot: u8::try_from(slot).ok()?,
            grow: 0,
        })
    }

    /// The best group of shapes for a key among some shapes: the one that most of them are in.
    fn best(&self, key: StrId, among: impl Iterator<Item = usize>) -> Option<Field> {
        let mut votes: Vec<(Field, u32)> = Vec::new();
        for shape in among {
            let Some(slot) = self.list[shape].keys.iter().position(|k| *k == key) else { continue };
            let Some(field) = self.group(shape, slot) else { continue };
            match votes.iter_mut().find(|(other, _)| *other == field) {
                Some((_, count)) => *count += 1,
                None => votes.push((field, 1)),
            }
        }
        let most = votes.iter().map(|(_, count)| *count).max()?;
        votes.iter().find(|(_, count)| *count == most).map(|(field, _)| *field)
    }

    /// The step of a chain that adds the key at `slot`: from the shapes of these keys to those with one more, for as many
    /// roots beside the given one as the numbers allow.
    fn step(&self, keys: &[StrId], slot: usize, root: FuncId) -> Option<Field> {
        let from = self.find(&keys[..slot], Some(root))?;
        let to = self.find(&keys[..=slot], Some(root))?;
        let grow = to - from;
        let is_step = |from: u16| {
            let (Some(a), Some(b)) =
                (self.list.get(usize::from(from)), self.list.get(usize::from(from + grow)))
            else {
                return false;
            };
            a.root.is_some() && a.root == b.root && a.keys == keys[..slot] && b.keys == keys[..=slot]
        };
        let first = (0..from).rev().take_while(|i| is_step(*i)).last().unwrap_or(from);
        let last = (from + 1..).take_while(|i| is_step(*i)).last().unwrap_or(from);
        Some(Field {
            first,
            span: u8::try_from(last - first).ok()?,
            slot: u8::try_from(slot).ok()?,
            grow: u8::try_from(grow).ok()?,
        })
    }
}

/// All instructions that stand in blocks.
fn instructions(module: &Module) -> impl Iterator<Item = (&Function, (FuncId, Inst))> {
    module.functions.iter().enumerate().flat_map(|(i, f)| {
        f.blocks.iter().flat_map(move |b| b.insts.iter().map(move |inst| (f, (FuncId(i as u32), *inst))))
    })
}

/// The value of a function's parameter.
fn param(module: &Module, function: FuncId, kind: ParamKind) -> Option<Value> {
    let f = module.function(function);
    let position = f.signature.params.iter().position(|p| p.kind == kind)?;
    f.block(Function::ENTRY).params.get(position).copied()
}

/// The functions that `new` is probably used with.
fn constructors(module: &Module, classes: &mut Classes) -> BTreeSet<FuncId> {
    let mut found = BTreeSet::new();
    for (f, (id, inst)) in instructions(module) {
        let inst = f.inst(inst);
        if matches!(inst.op, Op::New | Op::NewArrayArgs | Op::NewInstance) {
            found.extend(classes.callees(id, inst.args[0]));
        }
    }
    found.retain(|id| module.function(*id).flags.constructor);
    found
}

/// The keys that constructors give to `this`, in order.
#[derive(Default)]
struct Chains {
    known: HashMap<FuncId, Vec<StrId>>,
    /// The assignments that add a key, and its slot.
    steps: HashMap<(FuncId, Inst), usize>,
}

impl Chains {
    fn of(&mut self, module: &Module, classes: &mut Classes, function: FuncId) -> Vec<StrId> {
        if let Some(keys) = self.known.get(&function) {
            return keys.clone();
        }
        // What calls itself adds nothing.
        self.known.insert(function, Vec::new());
        let mut keys = Vec::new();
        let f = module.function(function);
        // A derived constructor's object is what it makes for its `new.target`, or gets from its base with that.
        let new_target = param(module, function, ParamKind::NewTarget);
        let is_this = |value: Value| match f.values[value.index()].def {
            ValueDef::Param(..) => Some(value) == param(module, function, ParamKind::This),
            ValueDef::Result(inst) => match (f.inst(inst).op, &f.inst(inst).imm) {
                (Op::NewInstance, _) => Some(f.inst(inst).args[0]) == new_target,
                (Op::CallDirect, Imm::Func(base)) => {
                    let params = &module.function(*base).signature.params;
                    let position = params.iter().position(|p| p.kind == ParamKind::NewTarget);
                    module.function(*base).flags.derived
                        && position.is_some_and(|i| Some(f.inst(inst).args[i]) == new_target)
                }
                _ => false,
            },
        };
        for block in super::dominators::reverse_postorder(f) {
            for number in &f.block(block).insts {
                let inst = f.inst(*number);
                match (inst.op, &inst.imm) {
                    (Op::CallDirect, Imm::Func(base))
                        if inst.result.is_some_and(is_this)
                            || inst
                                .args
                                .iter()
                                .zip(&module.function(*base).signature.params)
                                .any(|(arg, param)| param.kind == ParamKind::This && is_this(*arg))
                                && module.function(*base).flags.constructor =>
                    {
                        for key in self.of(module, classes, *base) {
                            add(&mut keys, key);
                        }
                    }
                    (Op::SetProp, Imm::Str(key))
                        if is_this(inst.args[0]) && !is_index(module, *key) && add(&mut keys, *key) =>
                    {
                        self.steps.insert((function, *number), keys.len() - 1);
                    }
                    // `Base.call(this, …)`
                    (Op::CallMethod, Imm::Str(key))
                        if module.string(*key) == b"call"
                            && inst.args.get(1).is_some_and(|arg| is_this(*arg)) =>
                    {
                        if let [base] = classes.callees(function, inst.args[0])[..] {
                            for key in self.of(module, classes, base) {
                                add(&mut keys, key);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        keys.truncate(MAX_CHAIN);
        self.known.insert(function, keys.clone());
        keys
    }
}

/// Adds a key; false if it is there already.
fn add(keys: &mut Vec<StrId>, key: StrId) -> bool {
    let is_new = !keys.contains(&key);
    if is_new {
        keys.push(key);
    }
    is_new
}

/// Whether a key begins as an array index does; those are no names of slots.
fn is_index(module: &Module, key: StrId) -> bool {
    module.string(key).first().is_none_or(u8::is_ascii_digit)
}

/// Classes of values, by union and find. Beside the values of functions, there is a member for each thing that values go
/// through.
struct Classes {
    parent: Vec<u32>,
    /// Number of the first value of each function.
    first: Vec<u32>,
    /// Functions in each class.
    functions: Vec<BTreeSet<FuncId>>,
    /// Keys that are used on each class.
    keys: Vec<BTreeSet<StrId>>,
    /// Literals in each class, by their keys.
    literals: Vec<BTreeSet<Vec<StrId>>>,
    globals: u32,
    /// What functions return.
    results: u32,
    /// What constructors make.
    instances: u32,
    /// What is in their property `prototype`.
    prototypes: u32,
    /// What is under each key.
    contents: u32,
    /// What elements of arrays hold.
    elements: u32,
    /// What closures capture, by function and position.
    captures: HashMap<(FuncId, u32), u32>,
}

impl Classes {
    fn of(module: &Module) -> Classes {
        let mut count = 0;
        let mut section = |len: usize| {
            let start = count;
            count += len as u32;
            start
        };
        let first = module.functions.iter().map(|f| section(f.values.len())).collect();
        let globals = section(module.globals.len());
        let results = section(module.functions.len());
        let instances = section(module.functions.len());
        let prototypes = section(module.functions.len());
        let contents = section(module.strings.len());
        let elements = section(1);
        let mut captures = HashMap::new();
        for (i, f) in module.functions.iter().enumerate() {
            let start = section(f.captures as usize);
            captures.extend((0..f.captures).map(|k| ((FuncId(i as u32), k), start + k)));
        }
        let total = count as usize;
        let mut classes = Classes {
            parent: (0..count).collect(),
            first,
            functions: vec![BTreeSet::new(); total],
            keys: vec![BTreeSet::new(); total],
            literals: vec![BTreeSet::new(); total],
            globals,
            results,
            instances,
            prototypes,
            contents,
            elements,
            captures,
        };
        classes.flow(module);
        // Each round may find callees by what the one before it joined.
        for _ in 0..3 {
            classes.calls(module);
        }
        classes
    }

    /// The member of a value; none for constants, which would join everything.
    fn node(&self, module: &Module, function: FuncId, value: Value) -> Option<u32> {
        let f = module.function(function);
        (f.ty(value) == Type::Val && !is_constant(f, value)).then(|| self.first[function.index()] + value.0)
    }

    /// What does not depend on callees.
    fn flow(&mut self, module: &Module) {
        for (f, (id, number)) in instructions(module) {
            let inst = f.inst(number);
            let result = inst.result.and_then(|r| self.node(module, id, r));
            let arg =
                |classes: &Classes, i: usize| inst.args.get(i).and_then(|a| classes.node(module, id, *a));
            match (inst.op, &inst.imm) {
                (Op::NewObject, Imm::Keys(keys)) => {
                    if let Some(result) = result {
                        self.literals[result as usize].insert(keys.clone());
                    }
                    for (i, key) in keys.iter().enumerate() {
                        self.join(arg(self, i), Some(self.contents + key.0));
                    }
                }
                // These are told apart by function, see `calls`.
                (Op::GetProp | Op::SetProp, Imm::Str(key))
                    if matches!(module.string(*key), b"prototype" | b"constructor") => {}
                (Op::GetProp, Imm::Str(key)) => {
                    self.join(result, Some(self.contents + key.0));
                    self.uses(arg(self, 0), *key);
                }
                (Op::SetProp, Imm::Str(key)) => {
                    self.join(arg(self, 1), Some(self.contents + key.0));
                    self.uses(arg(self, 0), *key);
                }
                (Op::CallMethod, Imm::Str(key)) if module.string(*key) == b"push" => {
                    (1..inst.args.len()).for_each(|i| self.join(arg(self, i), Some(self.elements)));
                }
                // `Object.create(prototype)` is like its argument, for what matters here.
                (Op::CallMethod, Imm::Str(key)) if module.string(*key) == b"create" => {
                    self.join(result, arg(self, 1));
                }
                (Op::NewArray, _) => {
                    (0..inst.args.len()).for_each(|i| self.join(arg(self, i), Some(self.elements)));
                }
                (Op::ArrayPush, _) => self.join(arg(self, 1), Some(self.elements)),
                (Op::GetElem | Op::IterNext, _) => self.join(result, Some(self.elements)),
                (Op::SetElem, _) => self.join(arg(self, 2), Some(self.elements)),
                (Op::LoadGlobal, Imm::Global(g)) => self.join(result, Some(self.globals + g.0)),
                (Op::StoreGlobal, Imm::Global(g)) => self.join(arg(self, 0), Some(self.globals + g.0)),
                // A cell is one with what it holds.
                (Op::NewCell | Op::LoadCell, _) => self.join(result, arg(self, 0)),
                (Op::StoreCell, _) => self.join(arg(self, 0), arg(self, 1)),
                (Op::Closure, Imm::Func(callee)) => {
                    if let Some(result) = result {
                        self.functions[result as usize].insert(*callee);
                    }
                    for i in 0..inst.args.len() {
                        let capture = self.captures.get(&(*callee, i as u32)).copied();
                        self.join(arg(self, i), capture);
                    }
                }
                (Op::LoadCapture | Op::StoreCapture, Imm::Index(i))
                    if Some(inst.args[0]) == param(module, id, ParamKind::Callee) =>
                {
                    let capture = self.captures.get(&(id, *i)).copied();
                    self.join(result.or(arg(self, 1)), capture);
                }
                (Op::CallDirect, Imm::Func(callee)) => {
                    self.join(result, Some(self.results + callee.0));
                    let params = &module.function(*callee).block(Function::ENTRY).params;
                    for (i, param) in params.iter().enumerate() {
                        self.join(arg(self, i), Some(self.first[callee.index()] + param.0));
                    }
                }
                _ => {}
            }
        }
        for (i, f) in module.functions.iter().enumerate() {
            let id = FuncId(i as u32);
            for terminator in f.blocks.iter().filter_map(|b| b.terminator.as_ref()) {
                for call in terminator.successors() {
                    for (param, arg) in f.block(call.block).params.iter().zip(&call.args) {
                        self.join(self.node(module, id, *param), self.node(module, id, *arg));
                    }
                }
                if let Terminator::Return(value) = terminator {
                    self.join(self.node(module, id, *value), Some(self.results + i as u32));
                }
            }
        }
    }

    /// What depends on the functions that are called, as far as they are known.
    fn calls(&mut self, module: &Module) {
        let text = |key: StrId| module.string(key);
        for (f, (id, number)) in instructions(module) {
            let inst = f.inst(number);
            let result = inst.result.and_then(|r| self.node(module, id, r));
            match (inst.op, &inst.imm) {
                (Op::Call, _) => {
                    for callee in self.callees(id, inst.args[0]) {
                        self.call(module, id, callee, Some(inst.args[1]), &inst.args[2..], result);
                    }
                }
                (Op::CallMethod, Imm::Str(key)) => {
                    let callees = self.few(self.contents + key.0);
                    for callee in &callees {
                        self.call(module, id, *callee, None, &inst.args[1..], result);
                    }
                    if callees.is_empty() && text(*key) == b"call" && inst.args.len() > 1 {
                        for callee in self.callees(id, inst.args[0]) {
                            self.call(module, id, callee, Some(inst.args[1]), &inst.args[2..], result);
                        }
                    }
                }
                (Op::NewInstance, _) => {
                    for callee in self.callees(id, inst.args[0]) {
                        self.join(result, Some(self.instances + callee.0));
                    }
                }
                (Op::New, _) => {
                    for callee in self.callees(id, inst.args[0]) {
                        self.join(result, Some(self.instances + callee.0));
                        self.call(module, id, callee, None, &inst.args[1..], None);
                        let this = param(module, callee, ParamKind::This);
                        let this = this.and_then(|this| self.node(module, callee, this));
                        self.join(this, Some(self.instances + callee.0));
                    }
                }
                // In the body of another function, where that of the closure was inlined.
                (Op::LoadCapture | Op::StoreCapture, Imm::Index(i))
                    if Some(inst.args[0]) != param(module, id, ParamKind::Callee) =>
                {
                    let value = inst.args.get(1).and_then(|value| self.node(module, id, *value));
                    for callee in self.callees(id, inst.args[0]) {
                        let capture = self.captures.get(&(callee, *i)).copied();
                        self.join(result.or(value), capture);
                    }
                }
                (Op::GetProp, Imm::Str(key)) if text(*key) == b"prototype" => {
                    for function in self.callees(id, inst.args[0]) {
                        self.join(result, Some(self.prototypes + function.0));
                    }
                }
                (Op::SetProp, Imm::Str(key)) if text(*key) == b"prototype" => {
                    for function in self.callees(id, inst.args[0]) {
                        let value = self.node(module, id, inst.args[1]);
                        self.join(value, Some(self.prototypes + function.0));
                    }
                }
                (Op::SetProp, Imm::Str(_)) => self.method(module, id, inst.args[0], inst.args[1]),
                (Op::NewObject, _) => {
                    if let Some(object) = inst.result {
                        inst.args.iter().for_each(|method| self.method(module, id, object, *method));
                    }
                }
                _ => {}
            }
        }
        // What has one prototype object is one class.
        for i in 0..module.functions.len() as u32 {
            let prototype = self.find(self.prototypes + i);
            if prototype != self.prototypes + i {
                for k in 0..i {
                    if self.find(self.prototypes + k) == prototype {
                        self.join(Some(self.instances + i), Some(self.instances + k));
                    }
                }
            }
        }
    }

    /// A function that an object has as a property is probably called with that object, or with one that inherits from it.
    fn method(&mut self, module: &Module, id: FuncId, object: Value, value: Value) {
        let Some(object) = self.node(module, id, object) else { return };
        for method in self.callees(id, value) {
            let this = param(module, method, ParamKind::This);
            let Some(this) = this.and_then(|this| self.node(module, method, this)) else { continue };
            let class = self.find(object);
            let mut is_prototype = false;
            for i in 0..module.functions.len() as u32 {
                if self.find(self.prototypes + i) == class {
                    is_prototype = true;
                    self.join(Some(this), Some(self.instances + i));
                }
            }
            if !is_prototype {
                self.join(Some(this), Some(object));
            }
        }
    }

    /// A call of a known function.
    fn call(
        &mut self,
        module: &Module,
        caller: FuncId,
        callee: FuncId,
        this: Option<Value>,
        args: &[Value],
        result: Option<u32>,
    ) {
        self.join(result, Some(self.results + callee.0));
        let this = this.and_then(|this| Some((this, param(module, callee, ParamKind::This)?)));
        let args = args.iter().enumerate();
        let args = args.filter_map(|(i, arg)| Some((*arg, param(module, callee, ParamKind::Arg(i as u32))?)));
        for (arg, param) in this.into_iter().chain(args) {
            self.join(self.node(module, caller, arg), self.node(module, callee, param));
        }
    }

    /// The functions that a value may be, if they are few.
    fn callees(&mut self, function: FuncId, value: Value) -> Vec<FuncId> {
        self.few(self.first[function.index()] + value.0)
    }

    fn few(&mut self, node: u32) -> Vec<FuncId> {
        let class = self.find(node) as usize;
        let found = &self.functions[class];
        if found.len() > MAX_CALLEES { Vec::new() } else { found.iter().copied().collect() }
    }

    fn find(&mut self, mut node: u32) -> u32 {
        while self.parent[node as usize] != node {
            let above = self.parent[self.parent[node as usize] as usize];
            self.parent[node as usize] = above;
            node = above;
        }
        node
    }

    fn join(&mut self, a: Option<u32>, b: Option<u32>) {
        let (Some(a), Some(b)) = (a, b) else { return };
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        // The greater number goes below the smaller one: what comes out does not depend on the order.
        let (a, b) = (a.min(b) as usize, a.max(b) as usize);
        self.parent[b] = a as u32;
        let functions = std::mem::take(&mut self.functions[b]);
        self.functions[a].extend(functions);
        let keys = std::mem::take(&mut self.keys[b]);
        self.keys[a].extend(keys);
        let literals = std::mem::take(&mut self.literals[b]);
        self.literals[a].extend(literals);
    }

    fn uses(&mut self, object: Option<u32>, key: StrId) {
        if let Some(object) = object {
            let class = self.find(object);
            self.keys[class as usize].insert(key);
        }
    }

    fn predict(mut self, module: &Module, chains: &Chains, shapes: &mut Shapes) {
        let known: BTreeSet<StrId> = shapes.list.iter().flat_map(|s| &s.keys).copied().collect();
        // The shapes that are born in each class.
        let mut born: HashMap<u32, BTreeSet<usize>> = HashMap::new();
        for i in 0..self.literals.len() {
            let class = self.find(i as u32);
            for keys in &self.literals[i] {
                born.entry(class).or_default().extend(shapes.number(keys).map(usize::from));
            }
        }
        for (i, shape) in shapes.list.iter().enumerate() {
            if let Some(root) = shape.root {
                born.entry(self.find(self.instances + root.0)).or_default().insert(i);
            }
        }
        let mut fields = HashMap::new();
        for (f, (id, number)) in instructions(module) {
            let inst = f.inst(number);
            if inst.op == Op::CallMethod
                && let Some(object) = self.node(module, id, inst.args[0])
            {
                let class = self.find(object);
                let born = born.get(&class).into_iter().flatten();
                let roots: BTreeSet<FuncId> = born.filter_map(|shape| shapes.list[*shape].root).collect();
                shapes.receivers.insert((id, number), roots.into_iter().collect());
            }
            let (Op::GetProp | Op::SetProp | Op::CallMethod, Imm::Str(key)) = (inst.op, &inst.imm) else {
                continue;
            };
            let Some(object) = self.node(module, id, inst.args[0]).filter(|_| known.contains(key)) else {
                continue;
            };
            if let Some(field) = step(chains, shapes, id, number) {
                fields.insert((id, number), field);
                continue;
            }
            let class = self.find(object);
            let wanted: Vec<StrId> = self.keys[class as usize].intersection(&known).copied().collect();
            let alike = |shape: &usize| wanted.iter().all(|k| shapes.list[*shape].keys.contains(k));
            let mut field = shapes.best(*key, born.get(&class).into_iter().flatten().copied());
            // A method is mostly inherited, whatever other objects have under its name.
            if inst.op != Op::CallMethod {
                field = field
                    .or_else(|| shapes.best(*key, (0..shapes.list.len()).filter(alike)))
                    .or_else(|| shapes.best(*key, 0..shapes.list.len()));
            }
            fields.extend(field.map(|field| ((id, number), field)));
        }
        shapes.fields = fields;
    }
}

/// The step of a chain that an assignment to `this` in a constructor is.
fn step(chains: &Chains, shapes: &Shapes, function: FuncId, inst: Inst) -> Option<Field> {
    let slot = *chains.steps.get(&(function, inst))?;
    let keys = chains.known.get(&function)?;
    if slot >= keys.len() {
        return None;
    }
    // A base that is never made itself has the roots of what is derived from it.
    let is_root = |root: &FuncId| shapes.find(&keys[..=slot], Some(*root)).is_some();
    let root = Some(function).filter(is_root).or_else(|| shapes.roots().find(is_root))?;
    shapes.step(keys, slot, root)
}

/// Whether a value is a constant or a built-in, which belongs to no class.
fn is_constant(f: &Function, value: Value) -> bool {
    match f.values[value.index()].def {
        ValueDef::Result(inst) => matches!(f.inst(inst).op, Op::Const | Op::Builtin | Op::GlobalObject),
        ValueDef::Param(..) => false,
    }
}
