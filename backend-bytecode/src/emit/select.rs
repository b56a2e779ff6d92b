//! What each instruction becomes: which constants are immediates, which comparisons join their branch, which values need a
//! register at all.
use crate::image::Members;
use jerboa_abi::builtins::NativeId;
use jerboa_abi::opcode::{Compare, MAX_ARGUMENTS};
use jerboa_ir::op::{FloatCond, IntCond};
use jerboa_ir::{
    Block, Const, FuncId, Function, Imm, Inst, InstData, Module, Op, Terminator, Type, Value, ValueDef,
};

/// A value that is loaded where it is wanted, instead of being kept.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Constant {
    I32(i32),
    F64(f64),
    Value(Const),
    Builtin(u16),
    /// A built-in function.
    Native(NativeId),
    /// The only closure of a function that captures nothing.
    Function(FuncId),
}

/// A condition as a branch tests it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Condition {
    /// On any values: `<`, `<=`, `>`, `>=`, `===`, `==`.
    Compare(Compare, Value, Value),
    /// The same with a small integer; only the four orderings.
    CompareImm(Compare, Value, i8),
    /// The register is this constant word.
    IsWord(Value, u8),
    /// The register is this small integer.
    IsSmall(Value, i8),
    Truthy(Value),
    Nullish(Value),
    IsInt(Value),
    /// The register is an object of this class: see `has_class`.
    IsOfClass(Value, FuncId),
    Int(IntCond, Value, Value),
    IntImm(IntCond, Value, i8),
    Float(FloatCond, Value, Value),
    /// A boolean register.
    Raw(Value),
}

impl Condition {
    pub(super) fn operands(&self) -> impl Iterator<Item = Value> {
        let (a, b) = match *self {
            Condition::Compare(_, a, b) | Condition::Int(_, a, b) | Condition::Float(_, a, b) => (a, Some(b)),
            Condition::CompareImm(_, a, _)
            | Condition::IsWord(a, _)
            | Condition::IsSmall(a, _)
            | Condition::Truthy(a)
            | Condition::Nullish(a)
            | Condition::IsInt(a)
            | Condition::IsOfClass(a, _)
            | Condition::IntImm(_, a, _)
            | Condition::Raw(a) => (a, None),
        };
        [Some(a), b].into_iter().flatten()
    }
}

pub(super) struct Selection<'a> {
    pub(super) module: &'a Module,
    pub(super) function: &'a Function,
    pub(super) constants: Vec<Option<Constant>>,
    /// Instructions that emit nothing of their own.
    pub(super) folded: Vec<bool>,
    /// Values that live in a register.
    pub(super) in_register: Vec<bool>,
    pub(super) use_count: Vec<u32>,
    /// Functions that are called through a value, by number.
    pub(super) through_value: &'a [bool],
}

impl<'a> Selection<'a> {
    pub(super) fn new(
        module: &'a Module,
        function: &'a Function,
        blocks: &[Block],
        through_value: &'a [bool],
        members: (&Members, FuncId),
    ) -> Selection<'a> {
        let mut selection = Selection {
            module,
            function,
            constants: vec![None; function.values.len()],
            folded: vec![false; function.insts.len()],
            in_register: vec![false; function.values.len()],
            use_count: vec![0; function.values.len()],
            through_value,
        };
        selection.find_constants(blocks, members);
        selection.count_uses(blocks);
        for block in blocks {
            selection.fold_condition(*block);
            selection.fold_indices(*block);
        }
        selection.find_registers(blocks);
        selection
    }

    fn find_constants(&mut self, blocks: &[Block], (members, id): (&Members, FuncId)) {
        for block in blocks {
            for inst in &self.function.block(*block).insts {
                let data = self.function.inst(*inst);
                let Some(result) = data.result else { continue };
                self.constants[result.index()] = match (data.op, &data.imm) {
                    (Op::IConst, Imm::I32(i)) => Some(Constant::I32(*i)),
                    (Op::BConst, Imm::Bool(b)) => Some(Constant::I32(i32::from(*b))),
                    (Op::FConst, Imm::F64(x)) => Some(Constant::F64(*x)),
                    (Op::Const, Imm::Const(c)) => Some(Constant::Value(*c)),
                    (Op::Builtin, _) if members.is_unused_builtin(id, *inst) => {
                        Some(Constant::Value(Const::Undefined))
                    }
                    (Op::GetProp, _) => members.function(id, *inst).map(Constant::Native),
                    (Op::Builtin, Imm::Builtin(b)) => Some(Constant::Builtin(*b)),
                    (Op::Closure, Imm::Func(f))
                        if data.args.is_empty() && self.module.function(*f).flags.single =>
                    {
                        Some(Constant::Function(*f))
                    }
                    _ => None,
                };
            }
        }
    }

    fn count_uses(&mut self, blocks: &[Block]) {
        let function = self.function;
        for block in blocks {
            let data = function.block(*block);
            for inst in &data.insts {
                for arg in &function.inst(*inst).args {
                    self.use_count[arg.index()] += 1;
                }
            }
            if let Some(terminator) = &data.terminator {
                for value in terminator.operand().iter().chain(terminator.successors().flat_map(|c| &c.args))
                {
                    self.use_count[value.index()] += 1;
                }
            }
        }
    }

    /// The instruction that defines a value, if it is used once only and stands in this block.
    fn sole_definition(&self, value: Value, block: Block) -> Option<(usize, Inst)> {
        let ValueDef::Result(inst) = self.function.values[value.index()].def else { return None };
        if self.use_count[value.index()] != 1 {
            return None;
        }
        let at = self.function.block(block).insts.iter().position(|i| *i == inst)?;
        Some((at, inst))
    }

    fn fold_condition(&mut self, block: Block) {
        let Some(Terminator::Branch { cond, .. }) = self.function.block(block).terminator else { return };
        let mut value = cond;
        while let Some((at, inst)) = self.sole_definition(value, block) {
            let data = self.function.inst(inst);
            let foldable = matches!(
                data.op,
                Op::Lt
                    | Op::Le
                    | Op::Gt
                    | Op::Ge
                    | Op::NumLt
                    | Op::NumLe
                    | Op::StrictEq
                    | Op::LooseEq
                    | Op::ToBool
                    | Op::UnboxBool
                    | Op::IsInt
                    | Op::HasClass
                    | Op::IsEmpty
                    | Op::IsUndefined
                    | Op::IsNullish
                    | Op::ICmp
                    | Op::FCmp
                    | Op::Not
            );
            // The test moves to the end of the block, past instructions that must not notice.
            let later = &self.function.block(block).insts[at + 1..];
            let movable = later
                .iter()
                .all(|i| self.function.inst(*i).op.info().effects == jerboa_ir::op::Effects::PURE);
            if !foldable || !movable {
                return;
            }
            self.folded[inst.index()] = true;
            if data.op != Op::Not {
                return;
            }
            value = data.args[0];
        }
    }

    /// Sums of registers that only serve to read an element are part of the instruction that reads it.
    fn fold_indices(&mut self, block: Block) {
        for reader in &self.function.block(block).insts {
            let data = self.function.inst(*reader);
            if data.op != Op::GetElemI {
                continue;
            }
            if let Some((_, inst)) = self.sole_definition(data.args[1], block) {
                let sum = self.function.inst(inst);
                self.folded[inst.index()] |= sum.op == Op::IAdd && self.immediate(sum).is_none();
            }
        }
    }

    /// The registers whose sum is the index of an element that is read.
    pub(super) fn index_sum(&self, data: &InstData) -> Option<(Value, Value)> {
        let ValueDef::Result(inst) = self.function.values[data.args[1].index()].def else { return None };
        let sum = self.function.inst(inst);
        (sum.op == Op::IAdd && self.folded[inst.index()]).then(|| (sum.args[0], sum.args[1]))
    }

    /// Whether an instruction calls a method `push` with one argument.
    pub(super) fn is_push(&self, data: &InstData) -> bool {
        data.args.len() == 2
            && matches!((data.op, &data.imm), (Op::CallMethod, Imm::Str(name)) if self.module.string(*name) == b"push")
    }

    fn find_registers(&mut self, blocks: &[Block]) {
        for block in blocks {
            let data = self.function.block(*block);
            for inst in &data.insts {
                if self.folded[inst.index()] {
                    continue;
                }
                for value in self.register_uses(self.function.inst(*inst)) {
                    self.in_register[value.index()] = true;
                }
            }
            for value in self.terminator_uses(*block) {
                self.in_register[value.index()] = true;
            }
        }
        // Results that nobody wants still need a place, unless they are constants.
        for block in blocks {
            for inst in &self.function.block(*block).insts {
                let data = self.function.inst(*inst);
                if let Some(result) = data.result {
                    if self.constants[result.index()].is_some() {
                        if !self.in_register[result.index()] {
                            self.folded[inst.index()] = true;
                        }
                    } else if !self.folded[inst.index()] {
                        self.in_register[result.index()] = true;
                    }
                }
            }
        }
    }

    /// The operands that an instruction reads from registers.
    pub(super) fn register_uses(&self, data: &InstData) -> Vec<Value> {
        if data.result.is_some_and(|result| self.constants[result.index()].is_some()) {
            return Vec::new();
        }
        if let Some((arg, _)) = self.immediate(data) {
            return vec![data.args[arg]];
        }
        if takes_window(data.op) && !self.is_push(data) {
            return data.args.iter().copied().filter(|a| self.constants[a.index()].is_none()).collect();
        }
        if data.op == Op::GetElemI
            && let Some((base, index)) = self.index_sum(data)
        {
            return vec![data.args[0], base, index];
        }
        data.args.clone()
    }

    /// The values that a block's end reads from registers.
    pub(super) fn terminator_uses(&self, block: Block) -> Vec<Value> {
        let mut uses = Vec::new();
        match &self.function.block(block).terminator {
            Some(Terminator::Branch { cond, .. }) => uses.extend(self.condition(*cond).0.operands()),
            Some(Terminator::Return(value)) if self.is_undefined(*value) => {}
            Some(Terminator::Return(value) | Terminator::Throw { value, .. }) => uses.push(*value),
            _ => {}
        }
        for call in self.function.block(block).terminator.iter().flat_map(Terminator::successors) {
            uses.extend(call.args.iter().copied().filter(|a| self.constants[a.index()].is_none()));
        }
        uses
    }

    pub(super) fn is_undefined(&self, value: Value) -> bool {
        self.constants[value.index()] == Some(Constant::Value(Const::Undefined))
    }

    /// The condition of a branch, and whether it is negated.
    pub(super) fn condition(&self, cond: Value) -> (Condition, bool) {
        let mut value = cond;
        let mut negated = false;
        loop {
            let ValueDef::Result(inst) = self.function.values[value.index()].def else {
                return (Condition::Raw(value), negated);
            };
            if !self.folded[inst.index()] || self.constants[value.index()].is_some() {
                return (Condition::Raw(value), negated);
            }
            let data = self.function.inst(inst);
            let a = data.args[0];
            let b = data.args.get(1).copied().unwrap_or(a);
            let condition = match (data.op, &data.imm) {
                (Op::Not, _) => {
                    negated = !negated;
                    value = a;
                    continue;
                }
                (Op::Lt | Op::NumLt, _) => self.ordering(Compare::Lt, a, b),
                (Op::Le | Op::NumLe, _) => self.ordering(Compare::Le, a, b),
                (Op::Gt, _) => self.ordering(Compare::Gt, a, b),
                (Op::Ge, _) => self.ordering(Compare::Ge, a, b),
                (Op::StrictEq, _) => self.strict_equality(a, b),
                (Op::LooseEq, _) => self.loose_equality(a, b),
                (Op::UnboxBool, _) => Condition::IsWord(a, jerboa_abi::value::TRUE as u8),
                (Op::IsInt, _) => Condition::IsInt(a),
                (Op::HasClass, Imm::Func(class)) => Condition::IsOfClass(a, *class),
                (Op::IsEmpty, _) => Condition::IsWord(a, jerboa_abi::value::EMPTY as u8),
                (Op::IsUndefined, _) => Condition::IsWord(a, jerboa_abi::value::UNDEFINED as u8),
                (Op::IsNullish, _) => Condition::Nullish(a),
                (Op::ICmp, Imm::IntCond(cond)) => self.integer_comparison(*cond, a, b),
                (Op::FCmp, Imm::FloatCond(cond)) => match cond {
                    FloatCond::Gt => Condition::Float(FloatCond::Lt, b, a),
                    FloatCond::Ge => Condition::Float(FloatCond::Le, b, a),
                    _ => Condition::Float(*cond, a, b),
                },
                _ => Condition::Truthy(a),
            };
            return (condition, negated);
        }
    }

    fn ordering(&self, compare: Compare, a: Value, b: Value) -> Condition {
        if let Some(imm) = self.small(b) {
            return Condition::CompareImm(compare, a, imm);
        }
        if let Some(imm) = self.small(a) {
            // A constant has no side effect, so the order of the operands' conversions does not matter.
            let mirrored = match compare {
                Compare::Lt => Compare::Gt,
                Compare::Le => Compare::Ge,
                Compare::Gt => Compare::Lt,
                _ => Compare::Le,
            };
            return Condition::CompareImm(mirrored, b, imm);
        }
        Condition::Compare(compare, a, b)
    }

    fn strict_equality(&self, a: Value, b: Value) -> Condition {
        for (x, constant) in [(a, b), (b, a)] {
            match self.small(constant) {
                // -0 equals 0 and is another word.
                Some(0) => return Condition::Compare(Compare::StrictEq, a, b),
                Some(imm) => return Condition::IsSmall(x, imm),
                None => {}
            }
            if let Some(word) = self.constant_word(constant) {
                return Condition::IsWord(x, word);
            }
        }
        Condition::Compare(Compare::StrictEq, a, b)
    }

    fn loose_equality(&self, a: Value, b: Value) -> Condition {
        for (x, constant) in [(a, b), (b, a)] {
            if matches!(
                self.constants[constant.index()],
                Some(Constant::Value(Const::Undefined | Const::Null))
            ) {
                return Condition::Nullish(x);
            }
        }
        Condition::Compare(Compare::LooseEq, a, b)
    }

    fn integer_comparison(&self, cond: IntCond, a: Value, b: Value) -> Condition {
        let signed = !matches!(cond, IntCond::Ult | IntCond::Ule | IntCond::Ugt | IntCond::Uge);
        if signed && let Some(imm) = self.small(b) {
            return Condition::IntImm(cond, a, imm);
        }
        if signed && let Some(imm) = self.small(a) {
            return Condition::IntImm(mirror(cond), b, imm);
        }
        match cond {
            IntCond::Sgt | IntCond::Sge | IntCond::Ugt | IntCond::Uge => Condition::Int(mirror(cond), b, a),
            _ => Condition::Int(cond, a, b),
        }
    }

    /// A constant integer that fits a byte, as a number value or as an i32.
    pub(super) fn small(&self, value: Value) -> Option<i8> {
        match self.constants[value.index()]? {
            Constant::I32(i) => i8::try_from(i).ok(),
            Constant::Value(Const::Number(x)) => {
                let i = x as i8;
                (f64::from(i).to_bits() == x.to_bits()).then_some(i)
            }
            _ => None,
        }
    }

    fn constant_word(&self, value: Value) -> Option<u8> {
        match self.constants[value.index()]? {
            Constant::Value(Const::Undefined) => Some(jerboa_abi::value::UNDEFINED as u8),
            Constant::Value(Const::Null) => Some(jerboa_abi::value::NULL as u8),
            Constant::Value(Const::Bool(b)) => Some(jerboa_abi::value::from_bool(b) as u8),
            _ => None,
        }
    }

    /// The register operand and the immediate, if the instruction has a form with one.
    pub(super) fn immediate(&self, data: &InstData) -> Option<(usize, i8)> {
        let right = || Some((0, self.small(data.args[1])?));
        let left = || Some((1, self.small(data.args[0])?));
        match data.op {
            Op::Add | Op::NumAdd | Op::Sub | Op::NumSub | Op::Shl | Op::Sar | Op::Shr => right(),
            Op::Mul | Op::NumMul | Op::BitAnd | Op::BitOr => right().or_else(left),
            Op::IAdd | Op::IMul | Op::IAnd | Op::IOr | Op::IXor | Op::IAddOvf => right().or_else(left),
            Op::ISub | Op::ISubOvf => {
                let (arg, imm) = right()?;
                Some((arg, imm.checked_neg()?))
            }
            Op::IShl | Op::ISar | Op::IShr => right(),
            Op::IDivS | Op::IRemS => right().filter(|(_, imm)| !matches!(imm, 0 | -1)),
            _ => None,
        }
    }
}

fn mirror(cond: IntCond) -> IntCond {
    match cond {
        IntCond::Slt => IntCond::Sgt,
        IntCond::Sle => IntCond::Sge,
        IntCond::Sgt => IntCond::Slt,
        IntCond::Sge => IntCond::Sle,
        IntCond::Ult => IntCond::Ugt,
        IntCond::Ule => IntCond::Uge,
        IntCond::Ugt => IntCond::Ult,
        IntCond::Uge => IntCond::Ule,
        same => same,
    }
}

/// Ops whose operands are laid out in the window.
pub(super) fn takes_window(op: Op) -> bool {
    matches!(
        op,
        Op::Call
            | Op::CallMethod
            | Op::CallElem
            | Op::CallArray
            | Op::CallDirect
            | Op::New
            | Op::NewArrayArgs
            | Op::NewObject
            | Op::NewArray
            | Op::Closure
            | Op::Concat
    )
}

/// Whether the op has too many operands for one window and is taken apart.
pub(super) fn is_large(data: &InstData) -> bool {
    takes_window(data.op) && data.op != Op::CallDirect && data.args.len() > MAX_ARGUMENTS
}

/// Ops whose instructions never collect, so they may stand between the writes to a window.
pub(super) fn keeps_window(op: Op) -> bool {
    let effects = op.info().effects;
    match op {
        Op::StoreCell | Op::StoreCapture | Op::StoreGlobal => true,
        // Their instructions have slow paths that allocate.
        Op::TypeOf | Op::StrictEq | Op::NumLt | Op::NumLe | Op::GlobalObject => false,
        _ => !effects.throws && !effects.allocates && !effects.writes && !effects.exits,
    }
}

/// The register class of a type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Class {
    Tagged,
    Raw,
}

pub(super) fn class(ty: Type) -> Class {
    if ty == Type::Val { Class::Tagged } else { Class::Raw }
}

/// Words of a register of this type.
pub(super) fn words(ty: Type) -> u16 {
    if ty == Type::F64 { 2 } else { 1 }
}
