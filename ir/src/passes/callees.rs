//! Finds calls of closures whose function is known, and makes them direct.
//!
//! A call through a value must find out at run time what it calls and make the arguments fit. In a closed world much of that
//! is known: the closure that `makeCounter()` returns is always of one function. The analysis follows closures, from
//! below, through block parameters, direct calls and their results, captured values and module variables; whatever else
//! a value passes through makes it unknown.
use crate::module::{Const, Function, Imm, Module, ParamKind, Signature};
use crate::op::{Op, Terminator};
use crate::types::{FuncId, Type, Value};

/// What a value is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Callee {
    /// Nothing yet.
    #[default]
    None,
    /// A closure of this function.
    Of(FuncId),
    /// Anything.
    Any,
}

impl Callee {
    fn join(self, other: Callee) -> Callee {
        match (self, other) {
            (Callee::None, x) | (x, Callee::None) => x,
            (a, b) if a == b => a,
            _ => Callee::Any,
        }
    }
}

#[derive(Default)]
struct Analysis {
    /// By function and value.
    values: Vec<Vec<Callee>>,
    results: Vec<Callee>,
    /// By function and position.
    captures: Vec<Vec<Callee>>,
    globals: Vec<Callee>,
    changed: bool,
}

/// The function that each value is a closure of, if there is but one; by function and value.
pub(super) fn known(module: &Module) -> Vec<Vec<Option<FuncId>>> {
    let function = |callee: Callee| match callee {
        Callee::Of(function) => Some(function),
        Callee::None | Callee::Any => None,
    };
    let analysis = Analysis::compute(module);
    analysis.values.into_iter().map(|values| values.into_iter().map(function).collect()).collect()
}

/// Makes calls direct where the callee is known.
pub fn run(module: &mut Module) {
    let analysis = Analysis::compute(module);
    let signatures: Vec<_> = module.functions.iter().map(|f| f.signature.clone()).collect();
    let fits: Vec<bool> = module.functions.iter().map(can_be_called_directly).collect();
    for (function, values) in module.functions.iter_mut().zip(&analysis.values) {
        for b in 0..function.blocks.len() {
            let insts = std::mem::take(&mut function.blocks[b].insts);
            let mut out = Vec::with_capacity(insts.len());
            for inst in insts {
                let data = function.inst(inst);
                if data.op == Op::Call
                    && let Callee::Of(callee) = values[data.args[0].index()]
                    && fits[callee.index()]
                {
                    let (args, loc) = (data.args.clone(), data.loc);
                    let mut direct = Vec::new();
                    for param in &signatures[callee.index()].params {
                        let arg = match param.kind {
                            ParamKind::Callee => Some(args[0]),
                            ParamKind::This => Some(args[1]),
                            ParamKind::Arg(i) => args.get(2 + i as usize).copied(),
                            ParamKind::Rest(_) | ParamKind::Arguments | ParamKind::NewTarget => None,
                        };
                        direct.push(arg.unwrap_or_else(|| {
                            let imm = Imm::Const(Const::Undefined);
                            let undefined = function.make_inst(Op::Const, vec![], imm, Some(Type::Val), loc);
                            out.push(undefined);
                            function.inst(undefined).result.expect("a constant has a result")
                        }));
                    }
                    let data = &mut function.insts[inst.index()];
                    (data.op, data.args, data.imm) = (Op::CallDirect, direct, Imm::Func(callee));
                }
                out.push(inst);
            }
            function.blocks[b].insts = out;
        }
    }
}

/// Whether a function takes what a direct call can give, and nothing but values.
pub(super) fn can_be_called_directly(f: &Function) -> bool {
    let simple =
        |kind| matches!(kind, ParamKind::Callee | ParamKind::This | ParamKind::Arg(_) | ParamKind::NewTarget);
    f.signature.params.len() <= Signature::MAX_DIRECT
        && f.signature.result == Type::Val
        && f.signature.params.iter().all(|p| simple(p.kind) && p.ty == Type::Val)
}

impl Analysis {
    fn compute(module: &Module) -> Analysis {
        let mut windowed = vec![false; module.functions.len()];
        for inst in module.functions.iter().flat_map(|f| &f.insts) {
            if let (Op::Closure, Imm::Func(f)) = (inst.op, &inst.imm) {
                windowed[f.index()] = true;
            }
        }
        let mut analysis = Analysis {
            values: module.functions.iter().map(|f| vec![Callee::None; f.values.len()]).collect(),
            results: vec![Callee::None; module.functions.len()],
            captures: module.functions.iter().map(|f| vec![Callee::None; f.captures as usize]).collect(),
            globals: vec![Callee::None; module.globals.len()],
            changed: true,
        };
        for (i, function) in module.functions.iter().enumerate() {
            let entry = &function.block(Function::ENTRY).params;
            for (param, value) in function.signature.params.iter().zip(entry) {
                let callee = match param.kind {
                    ParamKind::Callee if windowed[i] => Callee::Of(FuncId(i as u32)),
                    ParamKind::This | ParamKind::Arg(_) if !windowed[i] => Callee::None,
                    _ => Callee::Any,
                };
                analysis.values[i][value.index()] = callee;
            }
        }
        while std::mem::take(&mut analysis.changed) {
            for i in 0..module.functions.len() {
                analysis.sweep(module, FuncId(i as u32));
            }
        }
        analysis
    }

    fn sweep(&mut self, module: &Module, id: FuncId) {
        let f = module.function(id);
        let of = |analysis: &Analysis, value: Value| analysis.values[id.index()][value.index()];
        for block in &f.blocks {
            for inst in &block.insts {
                let inst = f.inst(*inst);
                match (inst.op, &inst.imm) {
                    (Op::CallDirect, Imm::Func(callee)) => {
                        let params = &module.function(*callee).block(Function::ENTRY).params;
                        for (param, arg) in params.iter().zip(&inst.args) {
                            self.grow(*callee, *param, of(self, *arg));
                        }
                    }
                    (Op::Closure, Imm::Func(callee)) => {
                        for (k, arg) in inst.args.iter().enumerate() {
                            self.grow_capture(*callee, k, of(self, *arg));
                        }
                    }
                    (Op::StoreCapture, Imm::Index(k)) => match of(self, inst.args[0]) {
                        Callee::Of(callee) => self.grow_capture(callee, *k as usize, of(self, inst.args[1])),
                        Callee::Any => {
                            for f in 0..module.functions.len() {
                                self.grow_capture(FuncId(f as u32), *k as usize, Callee::Any);
                            }
                        }
                        Callee::None => {}
                    },
                    (Op::StoreGlobal, Imm::Global(global)) => {
                        let new = self.globals[global.index()].join(of(self, inst.args[0]));
                        self.changed |= std::mem::replace(&mut self.globals[global.index()], new) != new;
                    }
                    _ => {}
                }
                let Some(result) = inst.result else { continue };
                let callee = match (inst.op, &inst.imm) {
                    (Op::Closure, Imm::Func(callee)) => Callee::Of(*callee),
                    (Op::CallDirect, Imm::Func(callee)) => self.results[callee.index()],
                    (Op::LoadGlobal, Imm::Global(global)) => self.globals[global.index()],
                    (Op::LoadCapture, Imm::Index(k)) => match of(self, inst.args[0]) {
                        Callee::Of(callee) => {
                            self.captures[callee.index()].get(*k as usize).copied().unwrap_or(Callee::Any)
                        }
                        other => other,
                    },
                    _ => Callee::Any,
                };
                self.grow(id, result, callee);
            }
            for call in block.terminator.iter().flat_map(|t| t.successors()) {
                for (param, arg) in f.block(call.block).params.iter().zip(&call.args) {
                    self.grow(id, *param, of(self, *arg));
                }
            }
            if let Some(Terminator::Return(value)) = &block.terminator {
                let new = self.results[id.index()].join(of(self, *value));
                self.changed |= std::mem::replace(&mut self.results[id.index()], new) != new;
            }
        }
    }

    fn grow(&mut self, function: FuncId, value: Value, callee: Callee) {
        let known = &mut self.values[function.index()][value.index()];
        let new = known.join(callee);
        self.changed |= std::mem::replace(known, new) != new;
    }

    fn grow_capture(&mut self, function: FuncId, position: usize, callee: Callee) {
        if let Some(known) = self.captures[function.index()].get_mut(position) {
            let new = known.join(callee);
            self.changed |= std::mem::replace(known, new) != new;
        }
    }
}
