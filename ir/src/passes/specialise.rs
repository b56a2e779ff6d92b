//! Gives values machine representations, as inference found them, and ops their typed forms.
//!
//! A `val` whose kind is integers becomes an `i32`, one that holds fractions an `f64`; what is a number but mostly an
//! integer stays a tagged value with the cheaper `num_` ops. Where a representation is wanted that a value does not have,
//! a conversion is put before the use. Value numbers stay; only types change.
//!
//! In a function with exception handlers nothing is unboxed that would have to be boxed with an allocation: running out
//! of memory there would have to reach the handler from the middle of a block. For the same reason such a function
//! gets only results from its callees that can be boxed without one.
use super::infer::{Facts, int_condition, is_array_length};
use super::kind::Kind;
use crate::module::{BlockCall, Const, Function, Imm, InstData, Module, Param, ParamKind, ValueDef};
use crate::op::{FloatCond, IntCond, Op, Terminator};
use crate::types::{Block, FuncId, Inst, SourceLoc, Type, Value};
use jerboa_abi::header::typed::Element;

/// Rewrites all functions.
pub fn run(module: &mut Module, facts: &Facts) {
    // Signatures first: callers need them. A function that is called from one with exception handlers counts as one.
    let mut near_handlers: Vec<bool> = module.functions.iter().map(has_handlers).collect();
    for function in module.functions.iter().filter(|f| has_handlers(f)) {
        for inst in &function.insts {
            if let (Op::CallDirect, Imm::Func(callee)) = (inst.op, &inst.imm) {
                near_handlers[callee.index()] = true;
            }
        }
    }
    for (i, near) in near_handlers.into_iter().enumerate() {
        let id = FuncId(i as u32);
        if facts.reached[i] && module.entry != Some(id) && !is_windowed(module, id) {
            module.functions[i].signature.result = representation(facts.results[i], near);
        }
    }
    let mut representations = Vec::with_capacity(module.functions.len());
    for i in 0..module.functions.len() {
        let id = FuncId(i as u32);
        let types = represent(module, facts, id);
        let function = &mut module.functions[i];
        let entry = function.block(Function::ENTRY).params.clone();
        for (param, value) in function.signature.params.iter_mut().zip(entry) {
            *param = Param { kind: param.kind, ty: types[value.index()] };
        }
        representations.push(types);
    }
    let signatures: Vec<_> = module.functions.iter().map(|f| f.signature.clone()).collect();
    for (i, types) in representations.into_iter().enumerate() {
        if facts.reached[i] {
            let mut function = std::mem::replace(
                &mut module.functions[i],
                Function::new(None, signatures[i].clone(), SourceLoc::UNKNOWN),
            );
            Rewrite { module, facts, id: FuncId(i as u32), f: &mut function, types, out: Vec::new() }.run();
            module.functions[i] = function;
        }
    }
}

fn is_windowed(module: &Module, id: FuncId) -> bool {
    module.functions.iter().flat_map(|f| &f.insts).any(|i| i.op == Op::Closure && i.imm == Imm::Func(id))
}

fn has_handlers(f: &Function) -> bool {
    f.insts.iter().any(|i| i.op == Op::Catch)
}

/// The representation of a kind.
fn representation(kind: Kind, has_handlers: bool) -> Type {
    if kind.is_int() && (!has_handlers || kind.fits_word()) {
        Type::I32
    } else if kind.is_float() && !has_handlers {
        Type::F64
    } else {
        Type::Val
    }
}

/// New types of a function's values.
fn represent(module: &Module, facts: &Facts, id: FuncId) -> Vec<Type> {
    let f = module.function(id);
    let handlers = has_handlers(f);
    let mut block_of = vec![Function::ENTRY; f.insts.len()];
    for (b, block) in f.blocks.iter().enumerate() {
        block.insts.iter().for_each(|inst| block_of[inst.index()] = Block(b as u32));
    }
    let mut types: Vec<Type> = f.values.iter().map(|v| v.ty).collect();
    if !facts.reached[id.index()] {
        return types;
    }
    for (i, ty) in types.iter_mut().enumerate() {
        let value = Value(i as u32);
        if *ty != Type::Val {
            continue;
        }
        let kind = facts.kind(id, value);
        if let ValueDef::Result(inst) = f.values[i].def
            && let (Op::CallDirect, Imm::Func(callee)) = (f.inst(inst).op, &f.inst(inst).imm)
        {
            *ty = module.function(*callee).signature.result;
            continue;
        }
        let changes = match f.values[i].def {
            ValueDef::Param(block, index) => {
                // The runtime passes values to everything but positional parameters of direct calls.
                block != Function::ENTRY
                    || matches!(f.signature.params[index as usize].kind, ParamKind::Arg(_))
                        && !is_windowed(module, id)
            }
            ValueDef::Result(inst) => {
                let object = f.inst(inst).args.first().map(|a| facts.kind(id, *a));
                is_array_length(module, f.inst(inst), object)
                    || has_typed_form(module, facts, id, f, block_of[inst.index()], inst, kind)
            }
        };
        if changes {
            *ty = representation(kind, handlers);
        }
    }
    types
}

/// Whether an op has a form that makes its result unboxed.
fn has_typed_form(
    module: &Module,
    facts: &Facts,
    id: FuncId,
    f: &Function,
    block: Block,
    inst: Inst,
    result: Kind,
) -> bool {
    let inst = f.inst(inst);
    let numeric = inst.args.iter().all(|a| f.ty(*a) == Type::Val && facts.kind(id, *a).is_number());
    match inst.op {
        Op::Add | Op::Sub | Op::Mul | Op::NumAdd | Op::NumSub | Op::NumMul | Op::Inc | Op::Dec | Op::Neg => {
            numeric && (result.is_float() || inst.args.iter().all(|a| facts.kind(id, *a).is_int()))
        }
        Op::Div => numeric,
        Op::Rem => numeric && (result.is_float() || result.is_int()),
        // Operands of any kind are converted; whether that may throw in the middle of a block is seen to there.
        Op::BitAnd | Op::BitOr | Op::BitXor | Op::Shl | Op::Sar | Op::BitNot => numeric || !has_handlers(f),
        Op::Shr => result.is_int() && (numeric || !has_handlers(f)),
        Op::ToNumeric => numeric,
        Op::GetProp => {
            facts.is_string_length(module, id, block, inst) || facts.is_typed_length(module, id, block, inst)
        }
        Op::GetElem => {
            let view = facts.kind_in(id, block, inst.args[0]).as_view();
            facts.kind_in(id, block, inst.args[1]).is_int()
                && view.is_some_and(|element| facts.typed_read(module, id, block, inst, element).is_some())
        }
        Op::CallMethod => facts.is_string_unit(module, id, block, inst),
        _ => false,
    }
}

struct Rewrite<'a> {
    module: &'a Module,
    facts: &'a Facts,
    id: FuncId,
    f: &'a mut Function,
    /// New types by old value number; longer as values are added.
    types: Vec<Type>,
    /// Instructions of the block being made.
    out: Vec<crate::types::Inst>,
}

impl Rewrite<'_> {
    fn run(&mut self) {
        for i in 0..self.f.values.len() {
            self.f.values[i].ty = self.types[i];
        }
        for b in 0..self.f.blocks.len() {
            let block = Block(b as u32);
            let insts = std::mem::take(&mut self.f.blocks[b].insts);
            for inst in insts {
                self.inst(block, inst);
            }
            self.terminator(block);
            let out = std::mem::take(&mut self.out);
            self.f.blocks[b].insts = out;
        }
    }

    fn kind(&self, block: Block, value: Value) -> Kind {
        if value.index() < self.types.len() { self.facts.kind_in(self.id, block, value) } else { Kind::VALUE }
    }

    fn emit(&mut self, op: Op, args: Vec<Value>, imm: Imm, ty: Type, loc: SourceLoc) -> Value {
        let inst = self.f.make_inst(op, args, imm, Some(ty), loc);
        self.out.push(inst);
        self.f.inst(inst).result.expect("it has a type")
    }

    /// A value in another representation.
    fn convert(&mut self, value: Value, to: Type, loc: SourceLoc) -> Value {
        let from = self.f.ty(value);
        if from == to {
            return value;
        }
        if let Some(Const::Number(x)) = self.constant(value) {
            match to {
                Type::I32 => return self.emit(Op::IConst, vec![], Imm::I32(x as i32), to, loc),
                Type::F64 => return self.emit(Op::FConst, vec![], Imm::F64(x), to, loc),
                Type::Val | Type::Bool => {}
            }
        }
        let op = match (from, to) {
            (Type::I32, Type::Val) => Op::BoxI32,
            (Type::I32, Type::F64) => Op::I32ToF64,
            (Type::F64, Type::Val) => Op::BoxF64,
            (Type::F64, Type::I32) => Op::F64ToI32,
            (Type::Val, Type::I32) => Op::UnboxI32,
            (Type::Val, Type::F64) => Op::UnboxF64,
            (Type::Val, Type::Bool) => Op::UnboxBool,
            (Type::Bool, Type::Val) => Op::BoxBool,
            (Type::Bool, Type::I32) => Op::BoolToI32,
            (a, b) => unreachable!("no conversion from {a} to {b} is ever wanted"),
        };
        self.emit(op, vec![value], Imm::None, to, loc)
    }

    fn constant(&self, value: Value) -> Option<Const> {
        let ValueDef::Result(inst) = self.f.values[value.index()].def else { return None };
        match self.f.inst(inst).imm {
            Imm::Const(c) if self.f.inst(inst).op == Op::Const => Some(c),
            _ => None,
        }
    }

    /// Whether a key is an unboxed integer, or a constant that can be one.
    fn is_index(&self, key: Value) -> bool {
        match self.constant(key) {
            Some(Const::Number(x)) => f64::from(x as i32).to_bits() == x.to_bits(),
            _ => self.f.ty(key) == Type::I32,
        }
    }

    /// Whether a value of a kind is stored in an element of a typed array by an instruction that takes it unboxed.
    fn stores_typed(&self, element: Element, value: Kind) -> bool {
        match element {
            Element::DataView => false,
            // The conversion rounds.
            Element::Uint8Clamped => value.is_int(),
            Element::Float32 | Element::Float64 => value.is_number(),
            _ => value.is_number() || !has_handlers(self.f),
        }
    }

    /// ToInt32 of a value.
    fn convert_to_int32(&mut self, block: Block, value: Value, loc: SourceLoc) -> Value {
        if self.f.ty(value) != Type::Val || self.kind(block, value).is_int() {
            self.convert(value, Type::I32, loc)
        } else {
            self.emit(Op::ToI32, vec![value], Imm::None, Type::I32, loc)
        }
    }

    fn inst(&mut self, block: Block, id: crate::types::Inst) {
        let inst = self.f.inst(id).clone();
        let loc = inst.loc;
        let kinds: Vec<Kind> = inst.args.iter().map(|a| self.kind(block, *a)).collect();
        let vals = inst.args.iter().all(|a| a.index() < self.types.len());
        let numeric = vals && !kinds.is_empty() && kinds.iter().all(|k| k.is_number());
        let ints = vals && !kinds.is_empty() && kinds.iter().all(|k| k.is_int());
        let floats = numeric && kinds.iter().any(|k| k.is_float());
        let result = inst.result.map(|r| self.f.ty(r));
        let binary = |op: Op| match op {
            Op::Add | Op::NumAdd | Op::Inc => (Op::IAdd, Op::FAdd),
            Op::Sub | Op::NumSub | Op::Dec => (Op::ISub, Op::FSub),
            _ => (Op::IMul, Op::FMul),
        };
        let (op, want, imm) = match (inst.op, result) {
            (Op::Add | Op::Sub | Op::Mul | Op::NumAdd | Op::NumSub | Op::NumMul, Some(Type::I32)) if ints => {
                (binary(inst.op).0, Type::I32, Imm::None)
            }
            (Op::Add | Op::Sub | Op::Mul | Op::NumAdd | Op::NumSub | Op::NumMul, Some(Type::F64)) => {
                (binary(inst.op).1, Type::F64, Imm::None)
            }
            (Op::Add, _) if numeric => (Op::NumAdd, Type::Val, Imm::None),
            // No user code runs, and nothing of the library is needed to convert.
            (Op::Add, _)
                if vals && kinds.iter().any(|k| k.is_string()) && kinds.iter().all(|k| k.is_primitive()) =>
            {
                (Op::Concat, Type::Val, Imm::None)
            }
            (Op::Sub, _) if numeric => (Op::NumSub, Type::Val, Imm::None),
            (Op::Mul, _) if numeric => (Op::NumMul, Type::Val, Imm::None),
            (Op::Inc | Op::Dec, Some(ty @ (Type::I32 | Type::F64))) => {
                let (i, f) = binary(inst.op);
                let a = self.convert(inst.args[0], ty, loc);
                let one = match ty {
                    Type::I32 => self.emit(Op::IConst, vec![], Imm::I32(1), ty, loc),
                    _ => self.emit(Op::FConst, vec![], Imm::F64(1.0), ty, loc),
                };
                return self.replace(id, if ty == Type::I32 { i } else { f }, vec![a, one], Imm::None);
            }
            (Op::Neg, Some(Type::I32)) => {
                let zero = self.emit(Op::IConst, vec![], Imm::I32(0), Type::I32, loc);
                let a = self.convert(inst.args[0], Type::I32, loc);
                return self.replace(id, Op::ISub, vec![zero, a], Imm::None);
            }
            (Op::Neg, Some(Type::F64)) => (Op::FNeg, Type::F64, Imm::None),
            (Op::Div, Some(Type::F64)) => (Op::FDiv, Type::F64, Imm::None),
            (Op::Rem, Some(Type::I32)) => (Op::IRemS, Type::I32, Imm::None),
            (Op::Rem, Some(Type::F64)) => (Op::FRem, Type::F64, Imm::None),
            (Op::BitAnd, Some(Type::I32)) => return self.bits(block, id, &inst, Op::IAnd),
            (Op::BitOr, Some(Type::I32)) => return self.bits(block, id, &inst, Op::IOr),
            (Op::BitXor, Some(Type::I32)) => return self.bits(block, id, &inst, Op::IXor),
            (Op::Shl, Some(Type::I32)) => return self.bits(block, id, &inst, Op::IShl),
            (Op::Sar, Some(Type::I32)) => return self.bits(block, id, &inst, Op::ISar),
            (Op::Shr, Some(Type::I32)) => return self.bits(block, id, &inst, Op::IShr),
            (Op::BitNot, Some(Type::I32)) => return self.bits(block, id, &inst, Op::INot),
            (Op::Lt | Op::Le | Op::Gt | Op::Ge | Op::StrictEq | Op::LooseEq | Op::NumLt | Op::NumLe, _)
                if ints =>
            {
                let cond = int_condition(inst.op).unwrap_or(IntCond::Eq);
                (Op::ICmp, Type::I32, Imm::IntCond(cond))
            }
            (Op::Lt | Op::Le | Op::Gt | Op::Ge | Op::StrictEq | Op::LooseEq | Op::NumLt | Op::NumLe, _)
                if floats && inst.args.iter().any(|a| self.f.ty(*a) == Type::F64) =>
            {
                (Op::FCmp, Type::F64, Imm::FloatCond(float_condition(inst.op)))
            }
            (Op::Lt, _) if numeric => (Op::NumLt, Type::Val, Imm::None),
            (Op::Le, _) if numeric => (Op::NumLe, Type::Val, Imm::None),
            (Op::Gt | Op::Ge, _) if numeric => {
                let args: Vec<Value> =
                    inst.args.iter().rev().map(|a| self.convert(*a, Type::Val, loc)).collect();
                return self.replace(
                    id,
                    if inst.op == Op::Gt { Op::NumLt } else { Op::NumLe },
                    args,
                    Imm::None,
                );
            }
            (Op::ToBool, _) if ints && self.f.ty(inst.args[0]) == Type::I32 => {
                let zero = self.emit(Op::IConst, vec![], Imm::I32(0), Type::I32, loc);
                return self.replace(id, Op::ICmp, vec![inst.args[0], zero], Imm::IntCond(IntCond::Ne));
            }
            (Op::ToBool, _) if self.f.ty(inst.args[0]) == Type::F64 => (Op::FToBool, Type::F64, Imm::None),
            (Op::ToNumeric, Some(ty)) if numeric => {
                // The same value: give the result the operand's number by a conversion that is none, or a real one.
                let a = self.convert(inst.args[0], ty, loc);
                return self.rename(id, a);
            }
            (Op::GetProp, Some(Type::I32)) if kinds[0].is_array() => {
                return self.replace(id, Op::ArrayLen, vec![inst.args[0]], Imm::None);
            }
            (Op::GetProp, Some(Type::I32)) if kinds[0].as_view().is_some() => {
                return self.replace(id, Op::TypedLen, vec![inst.args[0]], Imm::None);
            }
            (Op::GetProp, Some(Type::I32)) => (Op::StrLength, Type::Val, Imm::None),
            (Op::GetElem, Some(ty @ (Type::I32 | Type::F64))) => {
                let index = self.convert(inst.args[1], Type::I32, loc);
                let element = kinds[0].as_view().unwrap_or(Element::DataView);
                let op = if ty == Type::I32 { Op::TypedGetI } else { Op::TypedGetF };
                return self.replace(id, op, vec![inst.args[0], index], Imm::Index(element as u32));
            }
            (Op::SetElem, _)
                if vals
                    && kinds[1].is_int()
                    && kinds[0].as_view().is_some_and(|view| self.stores_typed(view, kinds[2])) =>
            {
                let index = self.convert(inst.args[1], Type::I32, loc);
                let element = kinds[0].as_view().unwrap_or(Element::DataView);
                let (op, value) = if element.is_integer() {
                    (Op::TypedSetI, self.convert_to_int32(block, inst.args[2], loc))
                } else {
                    (Op::TypedSetF, self.convert(inst.args[2], Type::F64, loc))
                };
                return self.replace(id, op, vec![inst.args[0], index, value], Imm::Index(element as u32));
            }
            (Op::CallMethod, Some(Type::I32)) => {
                let string = self.convert(inst.args[0], Type::Val, loc);
                let index = self.convert(inst.args[1], Type::I32, loc);
                return self.replace(id, Op::StrUnit, vec![string, index], Imm::None);
            }
            (Op::GetElem | Op::SetElem, _) if self.is_index(inst.args[1]) => {
                let mut args = inst.args.clone();
                args[1] = self.convert(args[1], Type::I32, loc);
                if let Some(value) = args.get_mut(2) {
                    *value = self.convert(*value, Type::Val, loc);
                }
                args[0] = self.convert(args[0], Type::Val, loc);
                let op = if inst.op == Op::GetElem { Op::GetElemI } else { Op::SetElemI };
                return self.replace(id, op, args, Imm::None);
            }
            (Op::CallDirect, _) => {
                let Imm::Func(callee) = inst.imm else { unreachable!("checked by the verifier") };
                let params: Vec<Type> =
                    if callee == self.id { self.signature_types() } else { self.callee_types(callee) };
                let args = inst.args.iter().zip(params).map(|(a, ty)| self.convert(*a, ty, loc)).collect();
                return self.replace(id, Op::CallDirect, args, inst.imm);
            }
            (op, _) => {
                let info = op.info();
                let mut args = Vec::with_capacity(inst.args.len());
                for (i, arg) in inst.args.iter().enumerate() {
                    let want = match (op, &inst.imm) {
                        (Op::StoreGlobal, Imm::Global(g)) => self.module.globals[g.index()].ty,
                        _ => info.operands.get(i).copied().unwrap_or(Type::Val),
                    };
                    args.push(self.convert(*arg, want, loc));
                }
                return self.replace(id, op, args, inst.imm);
            }
        };
        let args = inst.args.iter().map(|a| self.convert(*a, want, loc)).collect();
        self.replace(id, op, args, imm);
    }

    /// Bitwise operators: operands through ToInt32, in order.
    fn bits(&mut self, block: Block, id: crate::types::Inst, inst: &InstData, op: Op) {
        let args = inst.args.iter().map(|a| self.convert_to_int32(block, *a, inst.loc)).collect();
        self.replace(id, op, args, Imm::None);
    }

    fn signature_types(&self) -> Vec<Type> {
        self.f.signature.params.iter().map(|p| p.ty).collect()
    }

    fn callee_types(&self, callee: FuncId) -> Vec<Type> {
        self.module.function(callee).signature.params.iter().map(|p| p.ty).collect()
    }

    /// Puts an instruction in the place of another, with its result. Where the result's type was not to change but the
    /// op gives another, the op's own type counts.
    fn replace(&mut self, id: crate::types::Inst, op: Op, args: Vec<Value>, imm: Imm) {
        let result_type = match (op, &imm) {
            (Op::CallDirect, Imm::Func(callee)) => Some(if *callee == self.id {
                self.f.signature.result
            } else {
                self.module.function(*callee).signature.result
            }),
            _ => self.module.result_type(op, &imm),
        };
        let data = &mut self.f.insts[id.index()];
        data.op = op;
        data.args = args;
        data.imm = imm;
        if let (Some(result), Some(ty)) = (data.result, result_type) {
            let wanted = self.types.get(result.index()).copied().unwrap_or(ty);
            if wanted == ty {
                self.f.values[result.index()].ty = ty;
            } else {
                // The op gives one representation, the value was given another: compute into a fresh value and convert.
                let loc = self.f.insts[id.index()].loc;
                let (op, args, imm) = {
                    let data = &self.f.insts[id.index()];
                    (data.op, data.args.clone(), data.imm.clone())
                };
                let fresh = self.emit(op, args, imm, ty, loc);
                let converted = self.convert(fresh, wanted, loc);
                self.rename(id, converted);
                return;
            }
        }
        self.out.push(id);
    }

    /// Makes an instruction's result the same as another value, by taking over the definition of a fresh conversion, or by
    /// a selection that passes the value on.
    fn rename(&mut self, id: crate::types::Inst, value: Value) {
        let Some(result) = self.f.insts[id.index()].result else { return };
        if let ValueDef::Result(last) = self.f.values[value.index()].def
            && self.out.last() == Some(&last)
            && last != id
            && value.index() >= self.types.len()
        {
            // The conversion was made for this: let it define the result itself.
            self.f.insts[last.index()].result = Some(result);
            self.f.values[result.index()].def = ValueDef::Result(last);
            self.f.values[result.index()].ty = self.f.ty(value);
            return;
        }
        self.f.values[result.index()].ty = self.f.ty(value);
        replace_uses(self.f, result, value);
    }

    fn terminator(&mut self, block: Block) {
        let loc = self.f.block(block).loc;
        let Some(mut terminator) = self.f.blocks[block.index()].terminator.take() else { return };
        // An op that became typed no longer throws.
        if let Terminator::Exit { next, .. } = &terminator {
            let leaves = self.out.last().is_some_and(|last| {
                let effects = self.f.inst(*last).op.info().effects;
                effects.throws || effects.exits
            });
            if !leaves {
                terminator = Terminator::Jump(next.clone());
            }
        }
        match &mut terminator {
            Terminator::Return(value) => *value = self.convert(*value, self.f.signature.result, loc),
            Terminator::Throw { value, .. } => *value = self.convert(*value, Type::Val, loc),
            _ => {}
        }
        let last = match terminator {
            Terminator::Exit { .. } => self.out.pop(),
            _ => None,
        };
        let result = last.and_then(|last| self.f.inst(last).result);
        let mut split = None;
        for (edge, call) in terminator.successors_mut().enumerate() {
            let params: Vec<Type> = self.f.block(call.block).params.iter().map(|p| self.f.ty(*p)).collect();
            let late = edge == 0
                && call.args.iter().zip(&params).any(|(a, ty)| Some(*a) == result && self.f.ty(*a) != *ty);
            if late {
                split = Some((call.clone(), params));
                call.args.clear();
            } else {
                for (arg, ty) in call.args.iter_mut().zip(params) {
                    *arg = self.convert(*arg, ty, loc);
                }
            }
        }
        self.out.extend(last);
        if let Some((call, params)) = split {
            // The result of the last instruction is converted on the normal edge, in a block of its own.
            let middle = self.f.add_block();
            let before = std::mem::take(&mut self.out);
            let args = call.args.iter().zip(params).map(|(a, ty)| self.convert(*a, ty, loc)).collect();
            let converted = std::mem::replace(&mut self.out, before);
            let data = &mut self.f.blocks[middle.index()];
            data.insts = converted;
            data.terminator = Some(Terminator::Jump(BlockCall { block: call.block, args }));
            data.loc = loc;
            if let Terminator::Exit { next, .. } = &mut terminator {
                *next = BlockCall::new(middle);
            }
        }
        self.f.blocks[block.index()].terminator = Some(terminator);
    }
}

/// Replaces a value everywhere.
fn replace_uses(f: &mut Function, from: Value, to: Value) {
    let swap = |v: &mut Value| {
        if *v == from {
            *v = to;
        }
    };
    for inst in &mut f.insts {
        inst.args.iter_mut().for_each(swap);
    }
    for terminator in f.blocks.iter_mut().filter_map(|b| b.terminator.as_mut()) {
        if let Some(value) = terminator.operand_mut() {
            swap(value);
        }
        for call in terminator.successors_mut() {
            call.args.iter_mut().for_each(swap);
        }
    }
}

fn float_condition(op: Op) -> FloatCond {
    match op {
        Op::Lt | Op::NumLt => FloatCond::Lt,
        Op::Le | Op::NumLe => FloatCond::Le,
        Op::Gt => FloatCond::Gt,
        Op::Ge => FloatCond::Ge,
        _ => FloatCond::Eq,
    }
}
