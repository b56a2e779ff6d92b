//! Places that may be the same: whose elements an index reads, which variable a closure shares.
use super::super::kind::Kind;
use crate::module::{Function, Imm, InstData, Module, ParamKind};
use crate::op::{Op, Terminator};
use crate::types::{FuncId, StrId, Value};
use std::collections::HashMap;

/// The elements of objects. Objects that may be the same are told from others by where they come from and go to: values,
/// properties of a name, module variables, results.
#[derive(Debug, Default)]
pub(super) struct Elements {
    classes: Classes,
    /// For each function, the class of its first value; those of the others follow.
    values: Vec<usize>,
    /// For each function, the class of its result.
    results: Vec<usize>,
    fields: HashMap<StrId, usize>,
    prototypes: Option<usize>,
}

/// Ops that neither keep an operand nor give it to others; what they give is no object.
const ONLY_LOOK: &[Op] = &[
    Op::StrictEq,
    Op::IsEmpty,
    Op::IsUndefined,
    Op::IsNullish,
    Op::IsInt,
    Op::IsNumber,
    Op::ToBool,
    Op::TypeOf,
    Op::ArrayLen,
    Op::CheckInit,
    Op::DeleteProp,
];

impl Elements {
    /// The class of all objects that built-in functions, elements, variables of closures and calls through values may
    /// give or take.
    const KNOWN: usize = 0;

    pub(super) fn of(module: &Module, windowed: &[bool]) -> Elements {
        let mut elements = Elements::default();
        let classes = &mut elements.classes;
        classes.add();
        for function in &module.functions {
            elements.values.push(classes.parents.len());
            for _ in &function.values {
                classes.add();
            }
            elements.results.push(classes.add());
        }
        let globals: Vec<usize> = module.globals.iter().map(|_| classes.add()).collect();
        for (i, function) in module.functions.iter().enumerate() {
            let id = FuncId(i as u32);
            if windowed[i] || module.entry == Some(id) {
                for param in &function.block(Function::ENTRY).params {
                    elements.unite_known(elements.values[i] + param.index());
                }
                elements.unite_known(elements.results[i]);
            }
            for inst in &function.insts {
                elements.follow(module, id, inst, &globals);
            }
            for block in &function.blocks {
                let Some(terminator) = &block.terminator else { continue };
                for call in terminator.successors() {
                    for (param, arg) in function.block(call.block).params.iter().zip(&call.args) {
                        let (param, arg) = (elements.class(id, *param), elements.class(id, *arg));
                        elements.classes.unite(param, arg);
                    }
                }
                match terminator {
                    Terminator::Return(value) => {
                        let value = elements.class(id, *value);
                        elements.classes.unite(value, elements.results[i]);
                    }
                    Terminator::Throw { value, .. } => elements.unite_known(elements.class(id, *value)),
                    _ => {}
                }
            }
        }
        let prototype = module.strings.iter().position(|text| text == b"prototype");
        elements.prototypes = prototype.and_then(|i| elements.fields.get(&StrId(i as u32)).copied());
        elements
    }

    fn follow(&mut self, module: &Module, id: FuncId, inst: &InstData, globals: &[usize]) {
        let result = inst.result.map(|result| self.class(id, result));
        let args: Vec<usize> = inst.args.iter().map(|arg| self.class(id, *arg)).collect();
        match (inst.op, &inst.imm, result) {
            (op, ..) if ONLY_LOOK.contains(&op) => {}
            (Op::GetProp, Imm::Str(name), Some(result)) => {
                let field = self.field(*name);
                self.classes.unite(result, field);
            }
            (Op::SetProp, Imm::Str(name), _) => {
                let field = self.field(*name);
                self.classes.unite(args[1], field);
            }
            (Op::NewObject, Imm::Keys(keys), _) => {
                for (key, arg) in keys.iter().zip(&args) {
                    let field = self.field(*key);
                    self.classes.unite(*arg, field);
                }
            }
            (Op::NewArray, ..) => args.iter().for_each(|arg| self.unite_known(*arg)),
            (Op::GetElem | Op::GetElemI, _, Some(result)) => self.unite_known(result),
            (Op::SetElem | Op::SetElemI, ..) => self.unite_known(args[2]),
            (Op::LoadGlobal, Imm::Global(global), Some(class)) => {
                self.classes.unite(class, globals[global.index()])
            }
            (Op::StoreGlobal, Imm::Global(global), _) => self.classes.unite(args[0], globals[global.index()]),
            (Op::CallDirect, Imm::Func(callee), _) => {
                let params = &module.function(*callee).block(Function::ENTRY).params;
                for (param, arg) in params.iter().zip(&args) {
                    let param = self.class(*callee, *param);
                    self.classes.unite(param, *arg);
                }
                if let Some(result) = result {
                    self.classes.unite(result, self.results[callee.index()]);
                }
            }
            _ => args.into_iter().chain(result).for_each(|class| self.unite_known(class)),
        }
    }

    fn unite_known(&mut self, class: usize) {
        self.classes.unite(class, Elements::KNOWN);
    }

    fn class(&self, id: FuncId, value: Value) -> usize {
        self.values[id.index()] + value.index()
    }

    fn field(&mut self, name: StrId) -> usize {
        *self.fields.entry(name).or_insert_with(|| self.classes.add())
    }

    /// Kind of an object's elements, or of those that it inherits.
    pub(super) fn read(&self, id: FuncId, object: Value) -> Kind {
        let own = self.classes.kind(self.class(id, object));
        self.prototypes.map_or(own, |prototypes| own.join(self.classes.kind(prototypes)))
    }

    pub(super) fn grow(&mut self, id: FuncId, object: Value, kind: Kind) -> bool {
        self.classes.grow(self.class(id, object), kind)
    }

    /// Kind of the elements of objects that may come from anywhere.
    pub(super) fn known(&self) -> Kind {
        self.classes.kind(Elements::KNOWN)
    }

    pub(super) fn grow_known(&mut self, kind: Kind) -> bool {
        self.classes.grow(Elements::KNOWN, kind)
    }
}

/// The variables that closures share: which cells may be the same, and what they hold.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// The class of what a value that is a cell refers to; of values that are not here, the first class.
    of_value: HashMap<(FuncId, Value), usize>,
    classes: Classes,
}

/// Classes of places that may be the same, as a forest, and what is in them.
#[derive(Debug, Default)]
struct Classes {
    parents: Vec<usize>,
    kinds: Vec<Kind>,
}

impl Classes {
    fn add(&mut self) -> usize {
        self.parents.push(self.parents.len());
        self.kinds.push(Kind::NONE);
        self.parents.len() - 1
    }

    fn root(&self, mut class: usize) -> usize {
        while self.parents[class] != class {
            class = self.parents[class];
        }
        class
    }

    /// Before anything is put in.
    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }

    fn kind(&self, class: usize) -> Kind {
        self.kinds[self.root(class)]
    }

    fn grow(&mut self, class: usize, kind: Kind) -> bool {
        let class = self.root(class);
        grow(&mut self.kinds[class], kind)
    }
}

impl Cells {
    /// A cell is made in one place, and comes to functions as a captured value. What goes any other way is in the first class,
    /// with all that it may be.
    pub(super) fn of(module: &Module) -> Cells {
        let mut cells = Cells::default();
        cells.classes.add();
        let mut captures: HashMap<(FuncId, u32), usize> = HashMap::new();
        let functions = || module.functions.iter().enumerate().map(|(i, f)| (FuncId(i as u32), f));
        // Captured values are not told apart if one may be read from, or written to, a closure that is not known.
        let mut confused = false;
        for (id, function) in functions() {
            for inst in &function.insts {
                let class = match (inst.op, &inst.imm) {
                    (Op::NewCell, _) => cells.classes.add(),
                    (Op::LoadCapture, Imm::Index(index)) if is_callee(function, inst.args[0]) => {
                        *captures.entry((id, *index)).or_insert_with(|| cells.classes.add())
                    }
                    (Op::LoadCapture | Op::StoreCapture, _) => {
                        confused = true;
                        continue;
                    }
                    _ => continue,
                };
                cells.of_value.extend(inst.result.map(|result| ((id, result), class)));
            }
        }
        for (id, function) in functions() {
            let mut escaping: Vec<Value> = Vec::new();
            for inst in &function.insts {
                match (inst.op, &inst.imm) {
                    (Op::Closure, Imm::Func(callee)) if !confused => {
                        for (i, arg) in inst.args.iter().enumerate() {
                            let class = cells.class(id, *arg);
                            let capture = captures.get(&(*callee, i as u32)).copied();
                            cells.classes.unite(class, capture.unwrap_or(class));
                        }
                    }
                    (Op::LoadCell, _) => {}
                    (Op::StoreCell, _) => escaping.push(inst.args[1]),
                    _ => escaping.extend(&inst.args),
                }
            }
            for terminator in function.blocks.iter().filter_map(|block| block.terminator.as_ref()) {
                escaping.extend(terminator.operand());
                escaping.extend(terminator.successors().flat_map(|call| &call.args));
            }
            for value in escaping {
                let class = cells.class(id, value);
                cells.classes.unite(class, 0);
            }
        }
        cells
    }

    pub(super) fn kind(&self, id: FuncId, cell: Value) -> Kind {
        self.classes.kind(self.class(id, cell))
    }

    pub(super) fn grow(&mut self, id: FuncId, cell: Value, kind: Kind) -> bool {
        self.classes.grow(self.class(id, cell), kind)
    }

    fn class(&self, id: FuncId, value: Value) -> usize {
        self.of_value.get(&(id, value)).copied().unwrap_or(0)
    }
}

/// Whether a value is the function itself, as it was called.
fn is_callee(function: &Function, value: Value) -> bool {
    let params = &function.block(Function::ENTRY).params;
    let position = params.iter().position(|param| *param == value);
    position.is_some_and(|i| function.signature.params[i].kind == ParamKind::Callee)
}

/// Bounds of integers are not followed into memory.
pub(super) fn grow(kind: &mut Kind, other: Kind) -> bool {
    let new = kind.join(other.without_bounds());
    let grew = new != *kind;
    *kind = new;
    grew
}
