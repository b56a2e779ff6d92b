//! The shapes that a program's objects are born with, and which of them each property access will probably meet.
//!
//! Shapes are numbered in lexicographic order of their keys, so **all shapes that begin with the same keys have
//! consecutive numbers**, whatever comes behind. A property that objects of several shapes have in the same slot, behind the
//! same keys, is then found with one range check on the shape's number ([`Field`]): the objects of a base class and of
//! what is derived from it, or literals that have a common beginning.
//!
//! The prediction need not be right, since the check decides; so it may be made cheaply. Values that flow into one another
//! are joined into classes without regard to direction: arguments and parameters, what is stored under a key and what is
//! read under it anywhere. A class has the shapes of the literals in it, or else those with all keys
//! that the program uses on it.
use crate::module::{Function, Imm, Module, ValueDef};
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
}

/// The shapes of a program.
#[derive(Clone, Default, Debug)]
pub struct Shapes {
    /// The keys of each shape, in order.
    pub list: Vec<Vec<StrId>>,
    fields: HashMap<(FuncId, Inst), Field>,
}

impl Shapes {
    /// Finds shapes and predicts accesses.
    pub fn compute(module: &Module) -> Shapes {
        let mut list = BTreeSet::new();
        for (_, inst) in instructions(module) {
            if let (Op::NewObject, Imm::Keys(keys)) =
                (module.function(inst.0).inst(inst.1).op, imm(module, inst))
                && !keys.is_empty()
            {
                list.insert(keys.clone());
            }
        }
        let mut shapes = Shapes { list: list.into_iter().collect(), fields: HashMap::new() };
        if !shapes.list.is_empty() {
            Classes::of(module, &shapes).predict(module, &mut shapes);
        }
        shapes
    }

    /// Number of the shape with these keys.
    pub fn number(&self, keys: &[StrId]) -> Option<u16> {
        self.list.binary_search_by(|other| other.as_slice().cmp(keys)).ok().map(|i| i as u16)
    }

    /// Where the access of an instruction (`get_prop`, `set_prop` or `call_method`) probably finds its property.
    pub fn field(&self, function: FuncId, inst: Inst) -> Option<Field> {
        self.fields.get(&(function, inst)).copied()
    }

    /// The shapes that begin with the same keys as this one, up to a slot.
    fn group(&self, shape: usize, slot: usize) -> Option<Field> {
        let prefix = &self.list[shape][..=slot];
        let first = self.list.partition_point(|keys| keys.as_slice() < prefix);
        let count = self.list[first..].partition_point(|keys| keys.starts_with(prefix));
        Some(Field {
            first: u16::try_from(first).ok()?,
            span: u8::try_from(count - 1).ok()?,
            slot: u8::try_from(slot).ok()?,
        })
    }

    /// The best group of shapes for a key among some shapes: the one that most of them are in.
    fn best(&self, key: StrId, among: impl Iterator<Item = usize>) -> Option<Field> {
        let mut votes: Vec<(Field, u32)> = Vec::new();
        for shape in among {
            let Some(slot) = self.list[shape].iter().position(|k| *k == key) else { continue };
            let Some(field) = self.group(shape, slot) else { continue };
            match votes.iter_mut().find(|(other, _)| *other == field) {
                Some((_, count)) => *count += 1,
                None => votes.push((field, 1)),
            }
        }
        let most = votes.iter().map(|(_, count)| *count).max()?;
        votes.iter().find(|(_, count)| *count == most).map(|(field, _)| *field)
    }
}

/// All instructions that stand in blocks.
fn instructions(module: &Module) -> impl Iterator<Item = (&Function, (FuncId, Inst))> {
    module.functions.iter().enumerate().flat_map(|(i, f)| {
        f.blocks.iter().flat_map(move |b| b.insts.iter().map(move |inst| (f, (FuncId(i as u32), *inst))))
    })
}

fn imm(module: &Module, (function, inst): (FuncId, Inst)) -> &Imm {
    &module.function(function).inst(inst).imm
}

/// Classes of values, by union and find.
struct Classes {
    parent: Vec<u32>,
    /// Number of the first value of each function.
    first: Vec<u32>,
    /// Shapes of the literals in each class.
    born: Vec<BTreeSet<usize>>,
    /// Keys that are used on each class, and that some shape has.
    keys: Vec<BTreeSet<StrId>>,
}

impl Classes {
    fn of(module: &Module, shapes: &Shapes) -> Classes {
        let mut first = Vec::new();
        let mut count = 0;
        for f in &module.functions {
            first.push(count);
            count += f.values.len() as u32;
        }
        let globals = count;
        let results = globals + module.globals.len() as u32;
        // What elements of arrays hold is one class, what keys hold is one each.
        let elements = results + module.functions.len() as u32;
        let contents = elements + 1;
        let total = contents as usize + module.strings.len();
        let mut classes = Classes {
            parent: (0..total as u32).collect(),
            first,
            born: vec![BTreeSet::new(); total],
            keys: vec![BTreeSet::new(); total],
        };
        let known: BTreeSet<StrId> = shapes.list.iter().flatten().copied().collect();
        for (f, (id, number)) in instructions(module) {
            let inst = f.inst(number);
            let node = |value: Value| classes.first[id.index()] + value.0;
            let result = inst.result.filter(|r| f.ty(*r) == Type::Val).map(node);
            let args: Vec<Option<u32>> = inst
                .args
                .iter()
                .map(|a| (f.ty(*a) == Type::Val && !is_constant(f, *a)).then(|| node(*a)))
                .collect();
            let arg = |i: usize| args.get(i).copied().flatten();
            match (inst.op, &inst.imm) {
                (Op::NewObject, Imm::Keys(keys)) => {
                    if let (Some(result), Some(shape)) = (result, shapes.number(keys)) {
                        classes.born[result as usize].insert(shape.into());
                    }
                    for (i, key) in keys.iter().enumerate() {
                        classes.join(arg(i), Some(contents + key.0));
                    }
                }
                (Op::GetProp, Imm::Str(key)) if known.contains(key) => {
                    classes.join(result, Some(contents + key.0));
                    classes.uses(arg(0), *key);
                }
                (Op::SetProp, Imm::Str(key)) if known.contains(key) => {
                    classes.join(arg(1), Some(contents + key.0));
                    classes.uses(arg(0), *key);
                }
                (Op::CallMethod, Imm::Str(key)) if known.contains(key) => classes.uses(arg(0), *key),
                (Op::CallMethod, Imm::Str(key)) if module.string(*key) == b"push" => {
                    (1..inst.args.len()).for_each(|i| classes.join(arg(i), Some(elements)));
                }
                (Op::NewArray, _) => {
                    (0..inst.args.len()).for_each(|i| classes.join(arg(i), Some(elements)));
                }
                (Op::ArrayPush, _) => classes.join(arg(1), Some(elements)),
                (Op::GetElem | Op::IterNext, _) => classes.join(result, Some(elements)),
                (Op::SetElem, _) => classes.join(arg(2), Some(elements)),
                (Op::LoadGlobal, Imm::Global(g)) => classes.join(result, Some(globals + g.0)),
                (Op::StoreGlobal, Imm::Global(g)) => classes.join(arg(0), Some(globals + g.0)),
                (Op::CallDirect, Imm::Func(callee)) => {
                    classes.join(result, Some(results + callee.0));
                    let params = &module.function(*callee).block(Function::ENTRY).params;
                    for (i, param) in params.iter().enumerate() {
                        let param = classes.first[callee.index()] + param.0;
                        classes.join(arg(i), Some(param));
                    }
                }
                _ => {}
            }
        }
        for (i, f) in module.functions.iter().enumerate() {
            for terminator in f.blocks.iter().filter_map(|b| b.terminator.as_ref()) {
                for call in terminator.successors() {
                    for (param, arg) in f.block(call.block).params.iter().zip(&call.args) {
                        if f.ty(*param) == Type::Val && !is_constant(f, *arg) {
                            let node = |value: Value| Some(classes.first[i] + value.0);
                            classes.join(node(*param), node(*arg));
                        }
                    }
                }
                if let Terminator::Return(value) = terminator
                    && f.ty(*value) == Type::Val
                    && !is_constant(f, *value)
                {
                    classes.join(Some(classes.first[i] + value.0), Some(results + i as u32));
                }
            }
        }
        classes
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
        if a != b {
            self.parent[b as usize] = a;
            let born = std::mem::take(&mut self.born[b as usize]);
            self.born[a as usize].extend(born);
            let keys = std::mem::take(&mut self.keys[b as usize]);
            self.keys[a as usize].extend(keys);
        }
    }

    fn uses(&mut self, object: Option<u32>, key: StrId) {
        if let Some(object) = object {
            let class = self.find(object);
            self.keys[class as usize].insert(key);
        }
    }

    fn predict(mut self, module: &Module, shapes: &mut Shapes) {
        let mut fields = HashMap::new();
        for (f, (id, number)) in instructions(module) {
            let inst = f.inst(number);
            let (Op::GetProp | Op::SetProp | Op::CallMethod, Imm::Str(key)) = (inst.op, &inst.imm) else {
                continue;
            };
            if is_constant(f, inst.args[0]) {
                continue;
            }
            let class = self.find(self.first[id.index()] + inst.args[0].0) as usize;
            let born = || self.born[class].iter().copied();
            let alike = || {
                (0..shapes.list.len())
                    .filter(|shape| self.keys[class].iter().all(|k| shapes.list[*shape].contains(k)))
            };
            let field = shapes
                .best(*key, born())
                .or_else(|| shapes.best(*key, alike()))
                .or_else(|| shapes.best(*key, 0..shapes.list.len()));
            if let Some(field) = field {
                fields.insert((id, number), field);
            }
        }
        shapes.fields = fields;
    }
}

/// Whether a value is a constant or a built-in, which belongs to no class.
fn is_constant(f: &Function, value: Value) -> bool {
    match f.values[value.index()].def {
        ValueDef::Result(inst) => matches!(f.inst(inst).op, Op::Const | Op::Builtin | Op::GlobalObject),
        ValueDef::Param(..) => false,
    }
}
