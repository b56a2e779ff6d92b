//! The verifier. It runs after every pass in debug builds and on everything that is parsed.
//!
//! Invariants, in the order in which the code checks them:
//!
//! 1. The entry function exists and has no parameters but `this`-like ones of type `val`.
//! 2. The entry block has one parameter for each of the signature's, of the same type; nothing jumps to it.
//! 3. Every reachable block has a terminator; block calls name existing blocks and pass one argument of the right
//!    type for each parameter.
//! 4. Every instruction stands in one block only, its operands have the types of the op's row, its immediate
//!    has the row's kind and names existing entities, its result has the right type.
//! 5. `exit` follows an instruction that throws or exits; ops with the effect `exits` are followed by it.
//! 6. `catch` is the first instruction of its block.
//! 7. Every use of a value is dominated by its definition; the result of an instruction that leaves
//!    by its exit edge is not used on that edge.
//! 8. A return has the result type; a thrown value is a `val`.
use crate::module::{BlockCall, Function, Imm, Module, ValueDef};
use crate::op::{ImmKind, Op, Terminator};
use crate::passes::dominators::Dominators;
use crate::types::{Block, FuncId, Inst, Type, Value};

/// A broken invariant.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{function}: {message}")]
pub struct VerifyError {
    /// Where.
    pub function: FuncId,
    /// What.
    pub message: String,
}

/// Checks a module.
pub fn verify(module: &Module) -> Result<(), VerifyError> {
    if let Some(entry) = module.entry {
        let error = |message: &str| VerifyError { function: entry, message: message.into() };
        let function =
            module.functions.get(entry.index()).ok_or_else(|| error("the entry function does not exist"))?;
        if !function.signature.params.is_empty() {
            return Err(error("the entry function has parameters"));
        }
    }
    for (i, function) in module.functions.iter().enumerate() {
        verify_function(module, function)
            .map_err(|message| VerifyError { function: FuncId(i as u32), message })?;
    }
    Ok(())
}

/// Checks one function; the error says what is wrong.
pub fn verify_function(module: &Module, f: &Function) -> Result<(), String> {
    let entry = f.blocks.first().ok_or("no entry block")?;
    if entry.params.len() != f.signature.params.len() {
        return Err("the entry block's parameters are not the signature's".into());
    }
    for (value, param) in entry.params.iter().zip(&f.signature.params) {
        if type_of(f, *value)? != param.ty {
            return Err(format!("{value} has not the type of its parameter in the signature"));
        }
    }
    check_targets(f)?;
    let dominators = Dominators::compute(f);
    let mut position = vec![None; f.insts.len()];
    for (b, block) in f.blocks.iter().enumerate() {
        for (i, inst) in block.insts.iter().enumerate() {
            let slot = position.get_mut(inst.index()).ok_or_else(|| format!("{inst} does not exist"))?;
            if slot.replace((Block(b as u32), i)).is_some() {
                return Err(format!("{inst} stands in two places"));
            }
        }
    }
    let check = Check { module, f, dominators: &dominators, position: &position };
    for block in dominators.reverse_postorder() {
        check.block(*block)?;
    }
    Ok(())
}

fn type_of(f: &Function, value: Value) -> Result<Type, String> {
    f.values.get(value.index()).map(|v| v.ty).ok_or_else(|| format!("{value} does not exist"))
}

fn check_targets(f: &Function) -> Result<(), String> {
    for (b, block) in f.blocks.iter().enumerate() {
        for (i, param) in block.params.iter().enumerate() {
            if f.values.get(param.index()).map(|v| v.def) != Some(ValueDef::Param(Block(b as u32), i as u32))
            {
                return Err(format!("{param} is not parameter {i} of block{b}"));
            }
        }
        let Some(terminator) = &block.terminator else { continue };
        for BlockCall { block: target, args } in terminator.successors() {
            let data = f.blocks.get(target.index()).ok_or_else(|| format!("{target} does not exist"))?;
            if *target == Function::ENTRY {
                return Err(format!("block{b} jumps to the entry block"));
            }
            if data.params.len() != args.len() {
                return Err(format!(
                    "block{b} passes {} arguments to {target}, which has {}",
                    args.len(),
                    data.params.len()
                ));
            }
            for (arg, param) in args.iter().zip(&data.params) {
                if type_of(f, *arg)? != type_of(f, *param)? {
                    return Err(format!("block{b} passes {arg} for {param} of another type"));
                }
            }
        }
    }
    Ok(())
}

struct Check<'a> {
    module: &'a Module,
    f: &'a Function,
    dominators: &'a Dominators,
    position: &'a [Option<(Block, usize)>],
}

impl Check<'_> {
    fn block(&self, block: Block) -> Result<(), String> {
        let data = self.f.block(block);
        for (i, inst) in data.insts.iter().enumerate() {
            self.inst(block, i, *inst).map_err(|message| format!("{block}, instruction {i}: {message}"))?;
        }
        let terminator = data.terminator.as_ref().ok_or_else(|| format!("{block} has no terminator"))?;
        let end = data.insts.len();
        let last = data.insts.last().map(|i| self.f.inst(*i));
        if let Some(value) = terminator.operand() {
            self.use_of(block, end, value)?;
        }
        for (edge, call) in terminator.successors().enumerate() {
            for arg in &call.args {
                self.use_of(block, end, *arg)?;
                let exits = matches!(terminator, Terminator::Exit { .. }) && edge == 1;
                if exits && last.is_some_and(|l| l.result == Some(*arg)) {
                    return Err(format!("{block} passes {arg} on the edge on which it has no value"));
                }
            }
        }
        match terminator {
            Terminator::Exit { .. } => {
                let effects = last.map(|l| l.op.info().effects);
                if !effects.is_some_and(|e| e.throws || e.exits) {
                    return Err(format!(
                        "{block}: `exit` after an instruction that neither throws nor exits"
                    ));
                }
            }
            Terminator::Branch { cond, .. } if type_of(self.f, *cond)? != Type::Bool => {
                return Err(format!("{block} branches on {cond}, which is no boolean"));
            }
            Terminator::Return(value) if type_of(self.f, *value)? != self.f.signature.result => {
                return Err(format!("{block} returns {value}, which has not the result type"));
            }
            Terminator::Throw { value, .. } if type_of(self.f, *value)? != Type::Val => {
                return Err(format!("{block} throws {value}, which is no val"));
            }
            _ => {}
        }
        if last.is_some_and(|l| l.op.info().effects.exits) && !matches!(terminator, Terminator::Exit { .. }) {
            return Err(format!("{block}: checked arithmetic without `exit`"));
        }
        Ok(())
    }

    fn inst(&self, block: Block, index: usize, id: Inst) -> Result<(), String> {
        let inst = self.f.inst(id);
        let info = inst.op.info();
        if info.effects.exits && index + 1 != self.f.block(block).insts.len() {
            return Err(format!("`{}` is not the last instruction", info.name));
        }
        if inst.op == Op::Catch && index != 0 {
            return Err("`catch` is not the first instruction".into());
        }
        self.immediate(&inst.imm, info.imm)?;
        if inst.args.len() < info.operands.len() || (!info.variadic && inst.args.len() > info.operands.len())
        {
            return Err(format!("`{}` has {} operands", info.name, inst.args.len()));
        }
        for (i, arg) in inst.args.iter().enumerate() {
            let expected = match (inst.op, &inst.imm) {
                (Op::CallDirect, Imm::Func(callee)) => {
                    let params = &self.module.function(*callee).signature.params;
                    if params.len() != inst.args.len() {
                        return Err(format!("{callee} has {} parameters", params.len()));
                    }
                    params[i].ty
                }
                (Op::StoreGlobal, Imm::Global(global)) => self.module.globals[global.index()].ty,
                _ => info.operands.get(i).copied().unwrap_or(Type::Val),
            };
            if type_of(self.f, *arg)? != expected {
                return Err(format!("operand {arg} of `{}` is no {expected}", info.name));
            }
            self.use_of(block, index, *arg)?;
        }
        let count = match (inst.op, &inst.imm) {
            (Op::NewObject, Imm::Keys(keys)) => Some(keys.len()),
            (Op::StoreGlobal, _) => Some(1),
            (Op::CallDirect, Imm::Func(callee)) => Some(self.module.function(*callee).signature.params.len()),
            (Op::Closure, Imm::Func(callee)) => Some(self.module.function(*callee).captures as usize),
            _ => None,
        };
        if count.is_some_and(|c| c != inst.args.len()) {
            return Err(format!("`{}` has {} operands", info.name, inst.args.len()));
        }
        let expected = self.module.result_type(inst.op, &inst.imm);
        let actual = match inst.result {
            None => None,
            Some(value) => {
                if self.f.values.get(value.index()).map(|v| v.def) != Some(ValueDef::Result(id)) {
                    return Err(format!("{value} is not defined by its instruction"));
                }
                Some(type_of(self.f, value)?)
            }
        };
        if expected != actual {
            return Err(format!("the result of `{}` has the wrong type", info.name));
        }
        Ok(())
    }

    fn immediate(&self, imm: &Imm, kind: ImmKind) -> Result<(), String> {
        let module = self.module;
        let string = |s: &crate::types::StrId| s.index() < module.strings.len();
        let valid = match (imm, kind) {
            (Imm::None, ImmKind::None)
            | (Imm::I32(_), ImmKind::I32)
            | (Imm::F64(_), ImmKind::F64)
            | (Imm::Bool(_), ImmKind::Bool)
            | (Imm::Index(_), ImmKind::Index)
            | (Imm::IntCond(_), ImmKind::IntCond)
            | (Imm::FloatCond(_), ImmKind::FloatCond) => true,
            (Imm::Const(crate::module::Const::Str(s)), ImmKind::Const) => string(s),
            (Imm::Const(_), ImmKind::Const) => true,
            (Imm::Str(s), ImmKind::Str) | (Imm::Error(_, s), ImmKind::Error) => string(s),
            (Imm::Keys(keys), ImmKind::Keys) => keys.iter().all(string),
            (Imm::Func(f), ImmKind::Func) => f.index() < module.functions.len(),
            (Imm::Global(g), ImmKind::Global) => g.index() < module.globals.len(),
            (Imm::Builtin(b), ImmKind::Builtin) => jerboa_abi::builtins::builtin_value(*b).is_some(),
            _ => false,
        };
        if valid { Ok(()) } else { Err(format!("bad immediate {imm:?}")) }
    }

    /// Whether a value is defined where it is used: before instruction `index` of `block`.
    fn use_of(&self, block: Block, index: usize, value: Value) -> Result<(), String> {
        let data = self.f.values.get(value.index()).ok_or_else(|| format!("{value} does not exist"))?;
        let (home, at) = match data.def {
            ValueDef::Param(home, _) => (home, 0),
            ValueDef::Result(inst) => match self.position.get(inst.index()).copied().flatten() {
                Some((home, i)) => (home, i + 1),
                None => return Err(format!("{value} is used but its instruction is in no block")),
            },
        };
        let defined = if home == block {
            at <= index
        } else {
            home.index() < self.f.blocks.len()
                && self.dominators.dominates(home, block)
                && !self.only_by_exit(home, at, block)
        };
        if defined { Ok(()) } else { Err(format!("{value} is used in {block} where it is not defined")) }
    }

    /// Whether `block` is reached from the end of `home` by its exit edge, while the value is the result of the
    /// instruction (number `at - 1`) that leaves by that edge.
    fn only_by_exit(&self, home: Block, at: usize, block: Block) -> bool {
        let data = self.f.block(home);
        if at != data.insts.len() {
            return false;
        }
        match &data.terminator {
            Some(Terminator::Exit { next, exit }) => {
                next.block == exit.block
                    || self.dominators.dominates(exit.block, block)
                        && !self.dominators.dominates(next.block, block)
            }
            _ => false,
        }
    }
}
