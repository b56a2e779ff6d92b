//! WebAssembly code between instruction selection and encoding.
//!
//! A function is a flat list of [`Op`]s, structured as WebAssembly itself is (`Block` … `End`), but with
//! three things left open: locals are virtual (one per SSA value that needs one), branch targets are labels
//! and not depths, and operands that the linker fills in are symbols. Flat rather than a tree, so that no
//! pass recurses to the nesting depth of the program.

use jerboa_backend_cranelift::unit::SymbolId;
use wasm_encoder::{Instruction, ValType};

/// A local: virtual until [`crate::locals::assign`], then WebAssembly's index.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Local(pub u32);

impl Local {
    /// The index as a `usize`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The target of a branch: the end of a [`Op::Block`] or the start of a [`Op::Loop`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Label(pub u32);

impl Label {
    /// The index as a `usize`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One instruction.
#[derive(Clone, Debug)]
pub enum Op {
    /// `local.get`
    Get(Local),
    /// `local.set`
    Set(Local),
    /// `local.tee`
    Tee(Local),
    /// A parallel copy of `(destination, source)` pairs: all sources are read before any destination is
    /// written. Kept in one piece until locals are assigned, when most of the pairs turn out to be the
    /// same local.
    Moves(Vec<(Local, Local)>),
    /// An instruction without locals, labels or symbols.
    Plain(Instruction<'static>),
    /// A direct call.
    Call(SymbolId),
    /// A call through the function table, with the index of the type in the object's type section.
    CallIndirect(u32),
    /// The address of a data symbol plus an addend.
    DataAddress(SymbolId, i32),
    /// The index of a function in the function table.
    FunctionAddress(SymbolId),
    /// Pushes the stack pointer of the linear-memory stack.
    GetStackPointer,
    /// Pops the stack pointer of the linear-memory stack.
    SetStackPointer,
    /// Starts a block; its label is the end.
    Block(Label),
    /// Starts a loop; its label is the start.
    Loop(Label),
    /// Pops a condition; the arms may leave a result.
    If(Option<ValType>),
    /// Separates the arms of an `If`.
    Else,
    /// Ends a `Block`, `Loop` or `If`.
    End,
    /// Branches.
    Br(Label),
    /// Pops a condition and branches if it is not zero.
    BrIf(Label),
    /// Pops an index and branches to the label of that index, or to the default.
    BrTable(Vec<Label>, Label),
    /// Returns what is on the stack.
    Return,
    /// Traps.
    Unreachable,
}

impl Op {
    /// Whether control never passes to the following op.
    pub fn diverges(&self) -> bool {
        matches!(self, Op::Br(_) | Op::BrTable(..) | Op::Return | Op::Unreachable)
    }

    /// Whether the op starts a construct that an [`Op::End`] closes.
    pub fn opens(&self) -> bool {
        matches!(self, Op::Block(_) | Op::Loop(_) | Op::If(_))
    }
}

/// A function's code.
#[derive(Clone, Debug)]
pub struct Code {
    /// The types of the locals; the first [`Code::params`] of them are the parameters.
    pub locals: Vec<ValType>,
    /// How many of the locals are parameters.
    pub params: usize,
    /// Whether the function returns a value.
    pub has_results: bool,
    /// How many labels there are.
    pub labels: u32,
    /// The body, without the final `end`.
    pub ops: Vec<Op>,
}

/// For each op that opens a construct the index of its `Else` (if it has one) and of its `End`; for an
/// `Else` the index of its `End`. Other entries are `usize::MAX`.
pub struct Nesting {
    /// Index of the closing `End`.
    pub end: Vec<usize>,
    /// Index of the `Else`.
    pub otherwise: Vec<usize>,
}

impl Nesting {
    /// No such op.
    pub const NONE: usize = usize::MAX;

    /// Matches the brackets of `ops`.
    pub fn of(ops: &[Op]) -> Self {
        let mut end = vec![Self::NONE; ops.len()];
        let mut otherwise = vec![Self::NONE; ops.len()];
        let mut open = Vec::new();
        for (at, op) in ops.iter().enumerate() {
            match op {
                op if op.opens() => open.push(at),
                Op::Else => otherwise[*open.last().expect("`else` inside an `if`")] = at,
                Op::End => {
                    let start = open.pop().expect("`end` closes something");
                    end[start] = at;
                    if otherwise[start] != Self::NONE {
                        end[otherwise[start]] = at;
                    }
                }
                _ => {}
            }
        }
        Nesting { end, otherwise }
    }
}
