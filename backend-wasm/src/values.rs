//! Which values get a local, and in which order instructions run.
//!
//! A value read once, by an instruction of the same block that can reach back to it, needs no local: it is
//! computed where it is read and stays on WebAssembly's stack ("stackification"). Blocks are walked backwards, and
//! the operands of each instruction from the last to the first, so that the list of instructions always is the order in
//! which they will run. Moving an instruction down is allowed if it commutes with everything it passes.
//!
//! Constants and addresses are computed again at each use if that is not longer than a local.

use crate::bits::BitSet;
use crate::code::{Local, Op};
use crate::error::Error;
use crate::select::{Effect, Sink, View, is_overflow, select, select_condition};
use cranelift_codegen::entity::{EntitySet, SecondaryMap};
use cranelift_codegen::flowgraph::ControlFlowGraph;
use cranelift_codegen::ir::{ArgumentExtension, Block, Inst, InstructionData, Opcode, Value, ValueDef};
use std::collections::BTreeSet;
use wasm_encoder::ValType;

/// How deep expression trees may become; bounds the recursion of the emitter.
const MAX_DEPTH: usize = 100;
/// How far up a block an operand may be looked for; keeps long blocks linear.
const WINDOW: usize = 1000;

/// What is known of the values of a function.
pub struct Values {
    /// The instructions of each block that are needed, in the order in which they run; folded ones stand before
    /// their user.
    pub order: SecondaryMap<Block, Vec<Inst>>,
    /// Instructions computed where their result is read.
    pub folded: EntitySet<Inst>,
    /// Values that are read.
    pub live: EntitySet<Value>,
    /// Values computed again at each use.
    pub repeated: EntitySet<Value>,
    /// How often each value is read.
    pub uses: SecondaryMap<Value, u32>,
    /// Whether anything needs the address of the frame.
    pub frame: bool,
    /// Values that are live when a block is entered, without its own parameters.
    pub live_in: SecondaryMap<Block, BitSet>,
    reads: SecondaryMap<Inst, Vec<Value>>,
}

/// Notes what an instruction reads.
#[derive(Default)]
struct Recorder {
    reads: Vec<Value>,
    frame: bool,
}

impl Sink for Recorder {
    fn push(&mut self, value: Value) {
        self.reads.push(value);
    }

    fn op(&mut self, _: Op) {}

    fn result(&mut self, _: usize) -> Local {
        Local(0)
    }

    fn temp(&mut self, _: ValType) -> Local {
        Local(0)
    }

    fn frame(&mut self) -> Local {
        self.frame = true;
        Local(0)
    }
}

impl Values {
    /// Analyses a function. `placeholders` are values that need not be passed to anyone.
    pub fn of(
        view: &View<'_>,
        cfg: &ControlFlowGraph,
        placeholders: &BTreeSet<Value>,
    ) -> Result<Self, Error> {
        let mut values = Values {
            order: SecondaryMap::new(),
            folded: EntitySet::new(),
            live: EntitySet::new(),
            repeated: EntitySet::new(),
            uses: SecondaryMap::new(),
            frame: false,
            live_in: SecondaryMap::with_default(BitSet::new(0)),
            reads: SecondaryMap::new(),
        };
        let needed = values.find_live(view, cfg, placeholders)?;
        values.choose_repeated(view);
        for block in view.func.layout.blocks() {
            let mut order: Vec<Inst> =
                view.func.layout.block_insts(block).filter(|&i| needed.contains(i)).collect();
            values.fold_block(view, &mut order, placeholders);
            values.order[block] = order;
        }
        values.find_live_in(view, cfg, placeholders);
        Ok(values)
    }

    /// Whether an argument is worth passing to a parameter.
    pub fn is_passed(&self, param: Value, arg: Value, placeholders: &BTreeSet<Value>) -> bool {
        self.live.contains(param) && !placeholders.contains(&arg)
    }

    /// What the instruction or, for a branch, its condition reads. Arguments of edges are not included.
    fn record(&mut self, view: &View<'_>, inst: Inst) -> Result<(), Error> {
        let mut recorder = Recorder::default();
        let args = view.args(inst);
        match view.func.dfg.insts[inst] {
            InstructionData::Jump { .. } | InstructionData::Trap { opcode: Opcode::Trap, .. } => {}
            InstructionData::Brif { .. } => select_condition(view, inst, args[0], &mut recorder)?,
            InstructionData::BranchTable { .. } => recorder.push(args[0]),
            InstructionData::MultiAry { opcode: Opcode::Return, .. } => {
                for (&arg, param) in args.iter().zip(&view.func.signature.returns) {
                    if param.extension == ArgumentExtension::Sext {
                        crate::select::select_signed(view, inst, arg, &mut recorder);
                    } else {
                        recorder.push(arg);
                    }
                }
            }
            _ => select(view, inst, &mut recorder)?,
        }
        self.frame |= recorder.frame;
        self.reads[inst] = recorder.reads;
        Ok(())
    }

    /// Marks what the effects of the function depend on, and counts uses.
    fn find_live(
        &mut self,
        view: &View<'_>,
        cfg: &ControlFlowGraph,
        placeholders: &BTreeSet<Value>,
    ) -> Result<EntitySet<Inst>, Error> {
        let mut needed = EntitySet::new();
        let mut pending_insts = Vec::new();
        for block in view.func.layout.blocks() {
            for inst in view.func.layout.block_insts(block) {
                if matches!(view.effect(inst), Effect::Write | Effect::Trap) {
                    needed.insert(inst);
                    pending_insts.push(inst);
                }
            }
        }
        let mut pending_values: Vec<Value> = Vec::new();
        loop {
            if let Some(value) = pending_values.pop() {
                self.uses[value] += 1;
                if !self.live.insert(value) {
                    continue;
                }
                match view.func.dfg.value_def(value) {
                    ValueDef::Result(inst, _) => {
                        if needed.insert(inst) {
                            pending_insts.push(inst);
                        }
                    }
                    ValueDef::Param(block, index) => {
                        let terminators: BTreeSet<Inst> =
                            cfg.pred_iter(block).map(|pred| pred.inst).collect();
                        for (target, args) in terminators.into_iter().flat_map(|inst| view.edges(inst)) {
                            if target == block && !placeholders.contains(&args[index]) {
                                pending_values.push(args[index]);
                            }
                        }
                    }
                    ValueDef::Union(..) => unreachable!("the mid-end leaves no unions"),
                }
            } else if let Some(inst) = pending_insts.pop() {
                self.record(view, inst)?;
                pending_values.extend_from_slice(&self.reads[inst]);
            } else {
                return Ok(needed);
            }
        }
    }

    /// Chooses the values that are cheaper to compute again than to keep: `size * uses` against `size + set +
    /// get * uses`, in bytes.
    fn choose_repeated(&mut self, view: &View<'_>) {
        for value in view.func.dfg.values() {
            let (true, Some((inst, data))) = (self.live.contains(value), view.def(value)) else { continue };
            let size = match data.opcode() {
                Opcode::Iconst => 1 + signed_leb_size(view.constant(value).unwrap_or(0)),
                Opcode::F32const => 5,
                Opcode::F64const => 9,
                Opcode::SymbolValue if view.hidden(value).is_some() => 2,
                Opcode::SymbolValue | Opcode::FuncAddr => 6,
                Opcode::StackAddr => 2,
                _ => continue,
            };
            debug_assert!(self.reads[inst].is_empty());
            let uses = self.uses[value];
            if size * uses <= size + 2 * uses {
                self.repeated.insert(value);
            }
        }
    }

    /// Everything a terminator reads, in the order of evaluation, each with whether it is read on an edge.
    fn terminator_reads(
        &self,
        view: &View<'_>,
        inst: Inst,
        placeholders: &BTreeSet<Value>,
    ) -> Vec<(Value, bool)> {
        let mut reads: Vec<(Value, bool)> = self.reads[inst].iter().map(|&value| (value, false)).collect();
        let edges = view.edges(inst);
        let conditional = edges.len() > 1;
        for (target, args) in edges {
            let params = view.func.dfg.block_params(target);
            reads.extend(
                params
                    .iter()
                    .zip(args)
                    .filter(|&(&param, arg)| self.is_passed(param, arg, placeholders))
                    .map(|(_, arg)| (arg, conditional)),
            );
        }
        reads
    }

    fn fold_block(&mut self, view: &View<'_>, order: &mut Vec<Inst>, placeholders: &BTreeSet<Value>) {
        let mut at = order.len();
        while at > 0 {
            at -= 1;
            let inst = order[at];
            let reads = if view.func.dfg.insts[inst].opcode().is_branch() {
                self.terminator_reads(view, inst, placeholders)
            } else {
                self.reads[inst].iter().map(|&value| (value, false)).collect()
            };
            at = self.fold_operands(view, order, at, &reads, &mut vec![inst]);
        }
    }

    /// Moves what it can of the operands in front of `order[at]`, and returns where the expression starts. `users` are the
    /// instructions that the expression is part of.
    fn fold_operands(
        &mut self,
        view: &View<'_>,
        order: &mut Vec<Inst>,
        mut at: usize,
        reads: &[(Value, bool)],
        users: &mut Vec<Inst>,
    ) -> usize {
        if users.len() == MAX_DEPTH {
            return at;
        }
        for &(value, on_edge) in reads.iter().rev() {
            let ValueDef::Result(inst, index) = view.func.dfg.value_def(value) else { continue };
            if self.uses[value] != 1 || self.repeated.contains(value) {
                continue;
            }
            let effect = view.effect(inst);
            if on_edge && effect != Effect::Pure {
                continue;
            }
            let results = view.func.dfg.inst_results(inst);
            let flag_of_two =
                results.len() == 2 && index == 1 && is_overflow(view.func.dfg.insts[inst].opcode());
            if (results.len() != 1 && !flag_of_two) || (flag_of_two && on_edge) {
                continue;
            }
            let start = at.saturating_sub(WINDOW);
            let Some(from) = order[start..at].iter().rposition(|&i| i == inst).map(|i| i + start) else {
                continue;
            };
            let passed = &order[from + 1..at];
            // The other result is written when the flag is computed: too late for whoever may read it before.
            let reads_other = |inst: &Inst| self.reads[*inst].contains(&results[0]);
            let movable = passed.iter().all(|&other| effect.commutes(view.effect(other)))
                && (!flag_of_two || !passed.iter().chain(&*users).any(reads_other));
            if !movable {
                continue;
            }
            order[from..at].rotate_left(1);
            self.folded.insert(inst);
            let reads: Vec<(Value, bool)> = self.reads[inst].iter().map(|&value| (value, on_edge)).collect();
            users.push(inst);
            at = self.fold_operands(view, order, at - 1, &reads, users);
            users.pop();
        }
        at
    }

    /// Whether a value is computed where it is read. Of an instruction with an overflow flag that is the flag; the other
    /// result is in a local.
    pub fn is_folded(&self, view: &View<'_>, value: Value) -> Option<Inst> {
        match view.func.dfg.value_def(value) {
            ValueDef::Result(inst, index) => {
                let last = index + 1 == view.func.dfg.inst_results(inst).len();
                (last && self.folded.contains(inst)).then_some(inst)
            }
            _ => None,
        }
    }

    /// Adds the values in locals that computing `value` reads.
    pub fn leaves(&self, view: &View<'_>, value: Value, into: &mut BTreeSet<Value>) {
        if self.repeated.contains(value) {
            return;
        }
        match self.is_folded(view, value) {
            Some(inst) => {
                for &read in &self.reads[inst] {
                    self.leaves(view, read, into);
                }
            }
            None => {
                into.insert(value);
            }
        }
    }

    fn find_live_in(&mut self, view: &View<'_>, cfg: &ControlFlowGraph, placeholders: &BTreeSet<Value>) {
        let count = view.func.dfg.num_values();
        let blocks: Vec<Block> = view.func.layout.blocks().collect();
        let mut defined = SecondaryMap::with_default(BitSet::new(0));
        for &block in &blocks {
            let mut used = BitSet::new(count);
            let mut own = BitSet::new(count);
            for &param in view.func.dfg.block_params(block) {
                own.insert(param.as_u32() as usize);
            }
            for &inst in &self.order[block] {
                for &result in view.func.dfg.inst_results(inst) {
                    own.insert(result.as_u32() as usize);
                }
                for (value, _) in self.terminator_reads(view, inst, placeholders) {
                    used.insert(value.as_u32() as usize);
                }
            }
            for value in own.iter() {
                used.remove(value);
            }
            self.live_in[block] = used;
            defined[block] = own;
        }
        let mut pending: BTreeSet<usize> = (0..blocks.len()).collect();
        let index: SecondaryMap<Block, usize> = {
            let mut index = SecondaryMap::new();
            for (i, &block) in blocks.iter().enumerate() {
                index[block] = i;
            }
            index
        };
        while let Some(at) = pending.pop_last() {
            let block = blocks[at];
            let mut live = self.live_in[block].clone();
            for succ in cfg.succ_iter(block) {
                live.union_with(&self.live_in[succ]);
            }
            for value in defined[block].iter() {
                live.remove(value);
            }
            if live != self.live_in[block] {
                self.live_in[block] = live;
                pending.extend(cfg.pred_iter(block).map(|pred| index[pred.block]));
            }
        }
    }
}

/// Bytes of a signed LEB128.
fn signed_leb_size(value: i64) -> u32 {
    let magnitude = if value < 0 { !value } else { value };
    (64 - magnitude.leading_zeros() + 1).div_ceil(7)
}
