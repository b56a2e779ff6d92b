//! One function to instructions: frame, blocks, edges.
use super::asm::{Assembler, Label};
use super::moves::{Move, Source, sequence};
use super::order::Order;
use super::regalloc::{Allocation, Location, SCRATCH, SCRATCH_RESULT};
use super::select::{Condition, Constant, Selection};
use crate::Error;
use crate::globals::GlobalPlace;
use crate::image::{FunctionCode, ImageBuilder, LineEntry};
use jerboa_abi::opcode::{Compare, NEAR, Opcode, WINDOW_DEFAULT};
use jerboa_abi::value;
use jerboa_ir::op::{FloatCond, IntCond};
use jerboa_ir::{
    Block, BlockCall, Const, FuncId, Function, Imm, Inst, Op, SourceLoc, Terminator, Type, Value,
};
use std::collections::{HashMap, HashSet};

/// Room for cycles of moves beyond what the allocator planned.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Extra {
    /// Raw words.
    raw: u16,
    /// Tagged registers. Not words of the window: those hold no values that may be read.
    tagged: u16,
}

/// What a far register is copied back to after the instruction.
struct Store {
    to: u16,
    from: u16,
    ty: Type,
}

/// A block's edge with moves, placed behind the code.
struct Pad {
    label: Label,
    moves: Vec<Move>,
    target: Block,
}

/// Most ends that are repeated one in another.
const MAX_REPEATS: u32 = 3;

pub(super) struct Lowerer<'a, 'm> {
    pub(super) builder: &'a mut ImageBuilder<'m>,
    pub(super) id: FuncId,
    pub(super) selection: &'a Selection<'a>,
    pub(super) allocation: &'a Allocation,
    pub(super) asm: Assembler,
    globals: &'a [GlobalPlace],
    order: &'a Order,
    labels: Vec<Label>,
    pads: Vec<Pad>,
    /// Edges whose moves stand before their target.
    placed: HashMap<Block, (BlockCall, Label)>,
    /// Room for cycles: as planned, and as it turned out to be needed.
    planned: Extra,
    needed: Extra,
    scratch: u16,
    /// How many ends of other blocks are being repeated.
    repeats: u32,
    stores: Vec<Store>,
}

/// Compiles one function whose registers are allocated; `None` if one byte does not name them all and the allocation is not for
/// that.
pub(super) fn lower(
    builder: &mut ImageBuilder<'_>,
    id: FuncId,
    selection: &Selection<'_>,
    order: &Order,
    allocation: &Allocation,
    globals: &[GlobalPlace],
) -> Result<Option<FunctionCode>, Error> {
    let mut extra = Extra::default();
    loop {
        if !allocation.large && !allocation.is_near(extra.tagged, extra.raw) {
            return Ok(None);
        }
        let mut asm = Assembler::default();
        let labels = selection.function.blocks.iter().map(|_| asm.label()).collect();
        let mut lowerer = Lowerer {
            builder: &mut *builder,
            id,
            selection,
            allocation,
            asm,
            globals,
            order,
            labels,
            pads: Vec::new(),
            placed: HashMap::new(),
            planned: extra,
            needed: Extra::default(),
            scratch: 0,
            repeats: 0,
            stores: Vec::new(),
        };
        lowerer.run()?;
        let needed = lowerer.needed;
        if needed.raw <= extra.raw && needed.tagged <= extra.tagged {
            return lowerer.asm.finish(id).map(Some);
        }
        extra = Extra { raw: needed.raw.max(extra.raw), tagged: needed.tagged.max(extra.tagged) };
    }
}

impl<'a> Lowerer<'a, '_> {
    pub(super) fn function(&self) -> &'a Function {
        self.selection.function
    }

    pub(super) fn invalid(&self, what: &'static str) -> Error {
        Error::InvalidIr(self.id, what)
    }

    fn run(&mut self) -> Result<(), Error> {
        self.enter();
        let order = self.order;
        let edges = self.loop_edges()?;
        for (i, block) in order.blocks.iter().enumerate() {
            self.asm.bind(self.labels[block.index()]);
            let next = order.blocks.get(i + 1).copied();
            match next.and_then(|next| edges.get(&next)) {
                Some(edge) => {
                    self.lower_block(*block, None)?;
                    let label = self.asm.label();
                    self.asm.bind(label);
                    self.asm.set_position(None);
                    let moves = self.edge_moves(edge)?;
                    self.emit_moves(&moves)?;
                    self.placed.insert(edge.block, (edge.clone(), label));
                }
                None => self.lower_block(*block, next)?,
            }
        }
        while let Some(pad) = self.pads.pop() {
            self.asm.bind(pad.label);
            self.asm.set_position(None);
            self.emit_moves(&pad.moves)?;
            self.jump_to(pad.target, None)?;
        }
        Ok(())
    }

    /// For each loop's first block with one edge back to it, if that is a branch's and has moves: the edge. Its moves go right
    /// before the block: a turn of the loop then takes no jump from a pad; who enters the loop jumps over them once.
    fn loop_edges(&self) -> Result<HashMap<Block, BlockCall>, Error> {
        let function = self.function();
        let mut seen = HashSet::new();
        let mut back: HashMap<Block, Vec<&BlockCall>> = HashMap::new();
        for block in &self.order.blocks {
            seen.insert(*block);
            if let Some(Terminator::Branch { then, otherwise, .. }) = &function.block(*block).terminator {
                for edge in [then, otherwise].into_iter().filter(|edge| seen.contains(&edge.block)) {
                    back.entry(edge.block).or_default().push(edge);
                }
            }
        }
        let mut edges = HashMap::new();
        for (block, back) in back {
            if let [edge] = back[..]
                && block != Function::ENTRY
                && !self.edge_moves(edge)?.is_empty()
            {
                edges.insert(block, edge.clone());
            }
        }
        Ok(edges)
    }

    /// The place of an edge's moves before a loop.
    fn placed(&self, call: &BlockCall) -> Option<Label> {
        self.placed.get(&call.block).filter(|(edge, _)| edge == call).map(|(_, label)| *label)
    }

    fn raw_registers(&self) -> u16 {
        self.allocation.raw + self.planned.raw
    }

    fn tagged_registers(&self) -> u16 {
        self.allocation.tagged + self.planned.tagged
    }

    /// Whether one byte does not name all registers.
    pub(super) fn is_large_frame(&self) -> bool {
        self.allocation.large
    }

    fn enter(&mut self) {
        let params = i32::from(self.allocation.params);
        let clear = i32::from(self.tagged_registers()) - params;
        let raw = i32::from(self.raw_registers());
        let window = i32::from(self.allocation.window);
        if window > WINDOW_DEFAULT as i32 || params.max(clear).max(raw) >= i32::from(NEAR) {
            self.asm.emit(Opcode::EnterWide, &[params, clear, raw, window]);
        } else if params + clear == 0 {
            self.asm.emit(Opcode::EnterRaw, &[raw]);
        } else {
            self.asm.emit(Opcode::Enter, &[params, clear, raw]);
        }
        for (from, to) in &self.allocation.moved_params {
            self.asm.emit(Opcode::TStore, &[i32::from(*to), i32::from(*from)]);
        }
    }

    // Registers.

    /// The register number of a place.
    pub(super) fn number(&self, location: Location) -> u16 {
        match location {
            Location::Tagged(r) | Location::Raw(r) => r,
            Location::Window(word) => self.tagged_registers() + word,
            Location::RawParam(word) => self.raw_registers() + 1 + word,
        }
    }

    fn location(&self, value: Value) -> Result<Location, Error> {
        self.allocation.locations[value.index()].ok_or_else(|| self.invalid("a value has no register"))
    }

    /// The register that holds the value, near enough for a one-byte operand.
    pub(super) fn read(&mut self, value: Value) -> Result<i32, Error> {
        let register = self.number(self.location(value)?);
        if register < NEAR {
            return Ok(i32::from(register));
        }
        let ty = self.function().ty(value);
        let scratch = SCRATCH + self.scratch;
        self.scratch += if ty == Type::Val { 1 } else { 2 };
        self.copy_far(ty, scratch, register);
        Ok(i32::from(scratch))
    }

    fn copy_far(&mut self, ty: Type, near: u16, far: u16) {
        let opcode = match ty {
            Type::Val => Opcode::TLoad,
            Type::F64 => Opcode::FLoad,
            Type::I32 | Type::Bool => Opcode::RLoad,
        };
        self.asm.emit(opcode, &[i32::from(near), i32::from(far)]);
    }

    /// The register to write an instruction's result to.
    pub(super) fn write(&mut self, inst: Inst) -> Result<i32, Error> {
        let result = self.function().inst(inst).result.ok_or_else(|| self.invalid("a result is missing"))?;
        let register = self.number(self.location(result)?);
        if register < NEAR {
            return Ok(i32::from(register));
        }
        let ty = self.function().ty(result);
        let from = SCRATCH_RESULT;
        self.stores.push(Store { to: register, from, ty });
        Ok(i32::from(from))
    }

    /// The result's register by a 16-bit number, for instructions that have one.
    fn write_wide(&self, inst: Inst) -> Result<i32, Error> {
        let result = self.function().inst(inst).result.ok_or_else(|| self.invalid("a result is missing"))?;
        Ok(i32::from(self.number(self.location(result)?)))
    }

    pub(super) fn flush_stores(&mut self) {
        self.scratch = 0;
        for Store { to, from, ty } in std::mem::take(&mut self.stores) {
            let opcode = match ty {
                Type::Val => Opcode::TStore,
                Type::F64 => Opcode::FStore,
                Type::I32 | Type::Bool => Opcode::RStore,
            };
            self.asm.emit(opcode, &[i32::from(to), i32::from(from)]);
        }
    }

    // Moves.

    pub(super) fn source(&self, value: Value) -> Result<Source, Error> {
        match self.selection.constants[value.index()] {
            Some(constant) => Ok(Source::Constant(constant)),
            None => Ok(Source::Place(self.location(value)?)),
        }
    }

    pub(super) fn emit_moves(&mut self, moves: &[Move]) -> Result<(), Error> {
        let (mut raw, mut tagged) = (0, 0);
        let first_raw = self.allocation.raw;
        let first_tagged = self.allocation.tagged;
        let ordered = sequence(moves, !self.is_large_frame(), |ty| {
            if ty == Type::Val {
                tagged += 1;
                Location::Tagged(first_tagged + tagged - 1)
            } else {
                raw += super::select::words(ty);
                Location::Raw(first_raw + raw - super::select::words(ty))
            }
        });
        self.needed.raw = self.needed.raw.max(raw);
        self.needed.tagged = self.needed.tagged.max(tagged);
        for m in ordered {
            self.emit_move(m)?;
        }
        Ok(())
    }

    fn emit_move(&mut self, m: Move) -> Result<(), Error> {
        let to = self.number(m.to);
        let near = if to < NEAR { to } else { SCRATCH };
        match m.from {
            Source::Constant(constant) => self.load_constant(i32::from(near), constant, m.ty)?,
            Source::Exchange(other) => {
                let opcode = if m.ty == Type::Val { Opcode::Swap } else { Opcode::SwapR };
                self.asm.emit(opcode, &[i32::from(to), i32::from(self.number(other))]);
            }
            Source::Place(from) => {
                let from = self.number(from);
                let (copy, store) = match m.ty {
                    Type::Val => (Opcode::Mov, Opcode::TStore),
                    Type::F64 => (Opcode::MovF, Opcode::FStore),
                    Type::I32 | Type::Bool => (Opcode::MovR, Opcode::RStore),
                };
                match (from < NEAR, to < NEAR) {
                    (true, true) => self.asm.emit(copy, &[i32::from(to), i32::from(from)]),
                    (true, false) => {
                        self.asm.emit(store, &[i32::from(to), i32::from(from)]);
                        return Ok(());
                    }
                    (false, _) => self.copy_far(m.ty, near, from),
                }
            }
        }
        if to >= NEAR {
            self.stores.push(Store { to, from: near, ty: m.ty });
            self.flush_stores();
        }
        Ok(())
    }

    pub(super) fn load_constant(&mut self, to: i32, constant: Constant, ty: Type) -> Result<(), Error> {
        match constant {
            Constant::I32(i) => match (i8::try_from(i), i16::try_from(i)) {
                (Ok(_), _) => self.asm.emit(Opcode::IConst, &[to, i]),
                (_, Ok(_)) => self.asm.emit(Opcode::IConst16, &[to, i]),
                _ => self.asm.emit(Opcode::IConst32, &[to, i]),
            },
            Constant::F64(x) => {
                let i = x as i8;
                if f64::from(i).to_bits() == x.to_bits() {
                    self.asm.emit(Opcode::FConst, &[to, i32::from(i)]);
                } else if let Some(literal) = self.builder.literal(x) {
                    self.asm.emit(Opcode::FConstD, &[to, i32::from(literal)]);
                } else {
                    let k = self.builder.double(x)?;
                    self.asm.emit(Opcode::FConstK, &[to, i32::from(k)]);
                }
            }
            Constant::Function(f) => {
                let number = self.builder.function_number(f);
                self.asm.emit(Opcode::LdFn, &[to, i32::from(number)]);
            }
            Constant::Native(native) => {
                let k = self.builder.native(native)?;
                self.load_pooled(to, k);
            }
            Constant::Builtin(number) => {
                let k = self.builder.builtin(number)?;
                self.load_pooled(to, k);
            }
            Constant::Value(c) => match self.builder.word(c) {
                Some(word) if value::is_int(word) && i8::try_from(value::to_int(word)).is_ok() => {
                    self.asm.emit(Opcode::LdI, &[to, value::to_int(word)]);
                }
                Some(word) if !value::is_int(word) && !value::is_short_string(word) => {
                    self.asm.emit(Opcode::LdW, &[to, word as i32]);
                }
                None if let Const::Number(x) = c
                    && let Some(literal) = self.builder.literal(x) =>
                {
                    self.asm.emit(Opcode::LdD, &[to, i32::from(literal)]);
                }
                _ => {
                    let k = self.builder.constant(c)?;
                    self.load_pooled(to, k);
                }
            },
        }
        debug_assert_eq!(
            ty == Type::Val,
            matches!(
                constant,
                Constant::Value(_) | Constant::Builtin(_) | Constant::Native(_) | Constant::Function(_)
            )
        );
        Ok(())
    }

    fn load_pooled(&mut self, to: i32, k: u16) {
        let opcode = if k <= 255 { Opcode::LdK } else { Opcode::LdK16 };
        self.asm.emit(opcode, &[to, i32::from(k)]);
    }

    // Positions.

    pub(super) fn set_position(&mut self, loc: SourceLoc) -> Result<(), Error> {
        let module = self.builder.module();
        let text = module.expression_texts.get(&(self.id, loc)).map(|text| self.builder.text(*text));
        self.asm.set_position(Some(LineEntry {
            at: 0,
            file: loc.file.0,
            line: loc.line,
            column: loc.column,
            text,
        }));
        Ok(())
    }

    // Blocks.

    fn lower_block(&mut self, block: Block, next: Option<Block>) -> Result<(), Error> {
        let data = self.function().block(block);
        let last = data.insts.iter().rev().find(|i| !self.selection.folded[i.index()]).copied();
        let exit = match &data.terminator {
            Some(Terminator::Exit { exit, .. }) => Some(exit),
            _ => None,
        };
        for inst in &data.insts {
            if self.selection.folded[inst.index()] {
                continue;
            }
            let exit = exit.filter(|_| Some(*inst) == last);
            self.lower_covered(*inst, exit)?;
        }
        self.lower_end(block, next)
    }

    /// An instruction with its way out.
    fn lower_covered(&mut self, inst: Inst, exit: Option<&BlockCall>) -> Result<(), Error> {
        let data = self.function().inst(inst);
        self.set_position(data.loc)?;
        let exits = data.op.info().effects.exits;
        let label = match exit {
            Some(call) => Some(self.edge_label(call)?),
            None if exits => return Err(self.invalid("checked arithmetic without an exit")),
            None => None,
        };
        let from = self.asm.here();
        self.lower_inst(inst, label.filter(|_| exits))?;
        self.flush_stores();
        if let Some(label) = label.filter(|_| !exits) {
            self.asm.handler(from, label);
        }
        Ok(())
    }

    fn edge_moves(&self, call: &BlockCall) -> Result<Vec<Move>, Error> {
        let function = self.function();
        let mut moves = Vec::new();
        for (param, arg) in function.block(call.block).params.iter().zip(&call.args) {
            if let Some(to) = self.allocation.locations[param.index()] {
                let from = self.source(*arg)?;
                if from != Source::Place(to) {
                    moves.push(Move { to, from, ty: function.ty(*param) });
                }
            }
        }
        Ok(moves)
    }

    /// Where to jump to take an edge: the block, or a pad with the edge's moves.
    fn edge_label(&mut self, call: &BlockCall) -> Result<Label, Error> {
        let moves = self.edge_moves(call)?;
        if moves.is_empty() {
            return Ok(self.labels[self.thread(call.block).index()]);
        }
        if let Some(label) = self.placed(call) {
            return Ok(label);
        }
        let label = self.asm.label();
        self.pads.push(Pad { label, moves, target: call.block });
        Ok(label)
    }

    /// The block that is reached in the end through blocks that only jump on.
    fn thread(&self, block: Block) -> Block {
        let mut at = block;
        for _ in 0..8 {
            let data = self.function().block(at);
            let empty = data.insts.iter().all(|i| self.selection.folded[i.index()]);
            match &data.terminator {
                Some(Terminator::Jump(call)) if empty => match self.edge_moves(call) {
                    Ok(moves) if moves.is_empty() => at = call.block,
                    _ => break,
                },
                _ => break,
            }
        }
        at
    }

    /// Instructions of a block that emit something.
    fn length(&self, block: Block) -> usize {
        self.function().block(block).insts.iter().filter(|i| !self.selection.folded[i.index()]).count()
    }

    /// Goes on at a block: falls through, repeats its end here if it is only an end, or jumps.
    fn jump_to(&mut self, target: Block, next: Option<Block>) -> Result<(), Error> {
        let target = self.thread(target);
        if Some(target) == next {
            return Ok(());
        }
        let data = self.function().block(target);
        // The test of a loop at its end, not a jump to the test; and returns.
        let short = match data.terminator {
            Some(Terminator::Branch { .. }) => self.length(target) == 0,
            Some(Terminator::Return(_)) => self.length(target) == 0,
            _ => false,
        };
        // Ends that only test may form a ring.
        if short && self.repeats < MAX_REPEATS {
            self.repeats += 1;
            let result = self.lower_end(target, next);
            self.repeats -= 1;
            return result;
        }
        let label = self.labels[target.index()];
        self.asm.jump(Opcode::Jmp, &[], label);
        Ok(())
    }

    fn lower_end(&mut self, block: Block, next: Option<Block>) -> Result<(), Error> {
        let data = self.function().block(block);
        self.set_position(data.loc)?;
        match data.terminator.as_ref().ok_or_else(|| self.invalid("a block has no end"))? {
            Terminator::Jump(call) => {
                let moves = self.edge_moves(call)?;
                self.emit_moves(&moves)?;
                self.jump_to(call.block, next)
            }
            Terminator::Branch { cond, then, otherwise } => self.lower_branch(*cond, then, otherwise, next),
            Terminator::Exit { next: call, .. } => {
                let ended = data.insts.last().is_some_and(|i| self.function().inst(*i).op == Op::ThrowError);
                if ended {
                    return Ok(());
                }
                let moves = self.edge_moves(call)?;
                self.emit_moves(&moves)?;
                self.jump_to(call.block, next)
            }
            Terminator::Return(value) => self.lower_return(*value),
            Terminator::Throw { value, handler } => {
                let label = handler.as_ref().map(|h| self.edge_label(h)).transpose()?;
                let register = self.read(*value)?;
                let from = self.asm.here();
                self.asm.emit(Opcode::Throw, &[register]);
                self.scratch = 0;
                if let Some(label) = label {
                    self.asm.handler(from, label);
                }
                Ok(())
            }
            Terminator::Unreachable => {
                let thrown = data.insts.last().is_some_and(|i| self.function().inst(*i).op == Op::ThrowError);
                if !thrown {
                    self.asm.emit(Opcode::Unreachable, &[]);
                }
                Ok(())
            }
        }
    }

    fn lower_branch(
        &mut self,
        cond: Value,
        then: &BlockCall,
        otherwise: &BlockCall,
        next: Option<Block>,
    ) -> Result<(), Error> {
        let (condition, negated) = self.selection.condition(cond);
        if let Condition::Raw(value) = condition
            && let Some(Constant::I32(known)) = self.selection.constants[value.index()]
        {
            let taken = if (known != 0) != negated { then } else { otherwise };
            let moves = self.edge_moves(taken)?;
            self.emit_moves(&moves)?;
            return self.jump_to(taken.block, next);
        }
        // The edge that falls through may have moves for free; the other one gets a pad.
        let then_is_next = Some(self.thread(then.block)) == next || Some(then.block) == next;
        let otherwise_is_next = Some(self.thread(otherwise.block)) == next || Some(otherwise.block) == next;
        let inline_then = if otherwise_is_next || self.placed(then).is_some() {
            false
        } else if self.placed(otherwise).is_some() {
            true
        } else {
            then_is_next || (self.edge_moves(otherwise)?.is_empty() && !self.edge_moves(then)?.is_empty())
        };
        let (jump, inline, negate) =
            if inline_then { (otherwise, then, !negated) } else { (then, otherwise, negated) };
        let label = self.edge_label(jump)?;
        self.jump_if(condition, negate, label)?;
        self.scratch = 0;
        let moves = self.edge_moves(inline)?;
        self.emit_moves(&moves)?;
        self.jump_to(inline.block, next)
    }

    fn lower_return(&mut self, value: Value) -> Result<(), Error> {
        let ty = self.function().ty(value);
        let mut raw = i32::from(self.raw_registers());
        if ty == Type::Val && self.selection.is_undefined(value) {
            if raw >= i32::from(NEAR) {
                self.asm.emit(Opcode::Leave, &[raw]);
                raw = 0;
            }
            self.asm.emit(Opcode::RetU, &[raw]);
            return Ok(());
        }
        let mut register = self.read(value)?;
        self.scratch = 0;
        if raw >= i32::from(NEAR) {
            // Dropping registers renumbers them; the last two are kept for the result.
            let last = raw - 2;
            match ty {
                Type::Val => {}
                Type::F64 => self.asm.emit(Opcode::FStore, &[last, register]),
                Type::I32 | Type::Bool => self.asm.emit(Opcode::RStore, &[last, register]),
            }
            self.asm.emit(Opcode::Leave, &[last]);
            if ty != Type::Val {
                register = 0;
            }
            raw = 2;
        }
        let opcode = match ty {
            Type::Val => Opcode::Ret,
            Type::F64 => Opcode::RetF,
            Type::I32 | Type::Bool => Opcode::RetR,
        };
        self.asm.emit(opcode, &[register, raw]);
        Ok(())
    }

    /// Jumps if the condition holds (or does not, when negated).
    fn jump_if(&mut self, condition: Condition, negate: bool, target: Label) -> Result<(), Error> {
        use Opcode::*;
        let (opcode, operands) = match condition {
            Condition::Compare(compare, a, b) => {
                let opcode = match compare {
                    Compare::Lt => JLt,
                    Compare::Le => JLe,
                    Compare::Gt => JGt,
                    Compare::Ge => JGe,
                    Compare::LooseEq => JEq,
                    _ => JSeq,
                };
                (opcode, vec![self.read(a)?, self.read(b)?])
            }
            Condition::CompareImm(compare, a, imm) => {
                let opcode = match compare {
                    Compare::Lt => JLtI,
                    Compare::Le => JLeI,
                    Compare::Gt => JGtI,
                    _ => JGeI,
                };
                (opcode, vec![self.read(a)?, i32::from(imm)])
            }
            Condition::IsWord(a, word) => (JIs, vec![self.read(a)?, i32::from(word)]),
            Condition::IsSmall(a, imm) => (JIsI, vec![self.read(a)?, i32::from(imm)]),
            Condition::Truthy(a) => (JTrue, vec![self.read(a)?]),
            Condition::Nullish(a) => (JNullish, vec![self.read(a)?]),
            Condition::IsInt(a) => (JInt, vec![self.read(a)?]),
            Condition::IsOfClass(a, class) => {
                let shape = self.builder.class_shape(class);
                (JClass, vec![self.read(a)?, i32::from(shape)])
            }
            Condition::Raw(a) => (JNz, vec![self.read(a)?]),
            Condition::Int(cond, a, b) => {
                let opcode = match cond {
                    IntCond::Eq => JIeq,
                    IntCond::Ne => JIne,
                    IntCond::Slt => JIlt,
                    IntCond::Sle => JIle,
                    IntCond::Ult => JUlt,
                    _ => JUle,
                };
                (opcode, vec![self.read(a)?, self.read(b)?])
            }
            Condition::IntImm(cond, a, imm) => {
                let opcode = match cond {
                    IntCond::Eq => JIeqI,
                    IntCond::Ne => JIneI,
                    IntCond::Slt => JIltI,
                    IntCond::Sle => JIleI,
                    IntCond::Sgt => JIgtI,
                    _ => JIgeI,
                };
                (opcode, vec![self.read(a)?, i32::from(imm)])
            }
            Condition::Float(cond, a, b) => {
                let opcode = match cond {
                    FloatCond::Eq => JFeq,
                    FloatCond::Ne => JFne,
                    FloatCond::Lt => JFlt,
                    _ => JFle,
                };
                (opcode, vec![self.read(a)?, self.read(b)?])
            }
        };
        let (opcode, swap) = if negate {
            super::asm::inverse(opcode).ok_or_else(|| self.invalid("a jump has no inverse"))?
        } else {
            (opcode, false)
        };
        let mut operands = operands;
        if swap {
            operands.swap(0, 1);
        }
        self.asm.jump(opcode, &operands, target);
        Ok(())
    }

    // Calls end with how far the frame goes back and where the result goes.

    /// Emits a call whose operands before `back` are given. `skipped` words stand before the callee's frame.
    pub(super) fn finish_call(
        &mut self,
        inst: Inst,
        skipped: u16,
        emit: impl FnOnce(&mut Assembler, i32, i32),
    ) -> Result<(), Error> {
        let words = self.tagged_registers() + skipped;
        if words < NEAR {
            let result = self.write(inst)?;
            emit(&mut self.asm, i32::from(words), result);
            return Ok(());
        }
        let result = self.function().inst(inst).result.ok_or_else(|| self.invalid("a result is missing"))?;
        if self.function().ty(result) == Type::Val {
            emit(&mut self.asm, 0, 0);
            let to = self.write_wide(inst)?;
            self.asm.emit(Opcode::FrameBack, &[i32::from(words), to]);
        } else {
            let to = self.write(inst)?;
            emit(&mut self.asm, 0, to);
            self.asm.emit(Opcode::FrameBackRaw, &[i32::from(words)]);
        }
        Ok(())
    }

    pub(super) fn global(&self, imm: &Imm) -> Result<GlobalPlace, Error> {
        let Imm::Global(g) = imm else { return Err(self.invalid("a module variable is missing")) };
        self.globals.get(g.index()).copied().ok_or_else(|| self.invalid("there is no such module variable"))
    }

    /// A constant that is `undefined`, as a move to a window word.
    pub(super) fn undefined_to(word: u16) -> Move {
        Move {
            to: Location::Window(word),
            from: Source::Constant(Constant::Value(Const::Undefined)),
            ty: Type::Val,
        }
    }
}
