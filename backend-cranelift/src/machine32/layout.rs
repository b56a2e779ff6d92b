//! Block order, branch relaxation and final bytes, for both instruction sets.
//!
//! The emitters append fixed bytes and [`Span`]s, whose length depends on how far away something is: branches,
//! tables and loads of literals. All spans start at their shortest form; those that do not reach are lengthened
//! until none is too short (forms only grow, so this ends).

use super::inst::{BlockId, Inst, Program, SymbolRef};
use super::{rv, thumb};
use crate::unit::Unit;
use std::fmt::{Display, Write};

/// A place to branch to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Label(pub u32);

/// Something of variable length.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Span {
    Thumb(thumb::span::Span),
    Rv(rv::span::Span),
}

impl Span {
    /// Bytes in the form `level`.
    fn size(&self, level: u8) -> u32 {
        match self {
            Span::Thumb(span) => span.size(level),
            Span::Rv(span) => span.size(level),
        }
    }

    /// The lowest level from `level` up that reaches.
    fn fit(&self, level: u8, here: u32, map: &dyn Fn(Target) -> u32) -> u8 {
        match self {
            Span::Thumb(span) => span.fit(level, here, map),
            Span::Rv(span) => span.fit(level, here, map),
        }
    }
}

/// What a span refers to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    Label(Label),
    Literal(u32),
}

/// A word in the literal pool behind a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Literal {
    Value(u32),
    Address(SymbolRef, i32),
}

/// Kinds of relocations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RelocKind {
    ThumbCall,
    ThumbMovw,
    ThumbMovt,
    Abs32,
    RvJal,
    RvHi20,
    RvLo12I,
}

/// A relocation of a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reloc {
    pub offset: u32,
    pub kind: RelocKind,
    pub symbol: SymbolRef,
    pub addend: i32,
}

/// A position before the final addresses are known: fixed bytes and spans before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Position {
    offset: u32,
    spans: u32,
}

/// Code in the making.
#[derive(Default, Debug)]
pub struct Assembly {
    bytes: Vec<u8>,
    spans: Vec<(u32, Span)>,
    labels: Vec<Option<Position>>,
    literals: Vec<Literal>,
    relocs: Vec<(Position, RelocKind, SymbolRef, i32)>,
    lines: Vec<(Position, String)>,
}

impl Assembly {
    fn here(&self) -> Position {
        Position { offset: self.bytes.len() as u32, spans: self.spans.len() as u32 }
    }

    /// A new label, not yet bound.
    pub fn label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() as u32 - 1)
    }

    /// Binds a label to the current position.
    pub fn bind(&mut self, label: Label) {
        self.labels[label.0 as usize] = Some(self.here());
    }

    /// Appends an instruction: its text and a function that appends its bytes.
    pub fn push(&mut self, text: &dyn Display, write: impl FnOnce(&mut Vec<u8>)) {
        self.lines.push((self.here(), text.to_string()));
        write(&mut self.bytes);
    }

    /// Appends a span.
    pub fn span(&mut self, span: Span) {
        self.spans.push((self.bytes.len() as u32, span));
    }

    /// Makes the next instruction refer to a symbol.
    pub fn reloc(&mut self, kind: RelocKind, symbol: SymbolRef, addend: i32) {
        self.relocs.push((self.here(), kind, symbol, addend));
    }

    /// The index of a literal.
    pub fn literal(&mut self, literal: Literal) -> u32 {
        if let Some(index) = self.literals.iter().position(|&known| known == literal) {
            return index as u32;
        }
        self.literals.push(literal);
        self.literals.len() as u32 - 1
    }
}

/// The finished code of a function.
#[derive(Clone, Debug)]
pub struct Code {
    pub bytes: Vec<u8>,
    pub relocs: Vec<Reloc>,
    /// Ranges of data among the code.
    pub data: Vec<(u32, u32)>,
    /// In bytes.
    pub align: u32,
    lines: Vec<(u32, Line)>,
}

#[derive(Clone, Debug)]
enum Line {
    Label(u32),
    Text(String),
}

/// Writes a span's bytes.
pub struct Writer<'a> {
    /// The code so far.
    pub bytes: &'a mut Vec<u8>,
    /// Relocations so far.
    pub relocs: &'a mut Vec<Reloc>,
    /// Data ranges so far.
    pub data: &'a mut Vec<(u32, u32)>,
    /// Literals of the function.
    pub literals: &'a [Literal],
    text: Vec<(u32, String)>,
}

impl Writer<'_> {
    /// The address of the next byte, from the start of the function.
    pub fn address(&self) -> u32 {
        self.bytes.len() as u32
    }

    /// Notes the text of what comes next.
    pub fn line(&mut self, text: String) {
        self.text.push((self.address(), text));
    }
}

struct Addresses<'a> {
    assembly: &'a Assembly,
    /// Bytes of all spans before each span.
    before: Vec<u32>,
    /// Where each literal lies, if it is used.
    literals: Vec<Option<u32>>,
}

impl<'a> Addresses<'a> {
    fn new(assembly: &'a Assembly, levels: &[u8]) -> Addresses<'a> {
        let mut before = vec![0];
        let mut total = 0;
        for ((_, span), &level) in assembly.spans.iter().zip(levels) {
            total += span.size(level);
            before.push(total);
        }
        let mut used = vec![false; assembly.literals.len()];
        for ((_, span), &level) in assembly.spans.iter().zip(levels) {
            if let Span::Thumb(span) = span
                && let Some(index) = span.literal(level)
            {
                used[index as usize] = true;
            }
        }
        let code_end = assembly.bytes.len() as u32 + total;
        let mut next = code_end.next_multiple_of(4);
        let literals = used
            .into_iter()
            .map(|used| {
                used.then(|| {
                    next += 4;
                    next - 4
                })
            })
            .collect();
        Addresses { assembly, before, literals }
    }

    fn of(&self, position: Position) -> u32 {
        position.offset + self.before[position.spans as usize]
    }

    fn span(&self, index: usize) -> u32 {
        self.assembly.spans[index].0 + self.before[index]
    }

    fn target(&self, target: Target) -> u32 {
        match target {
            Target::Label(label) => {
                self.of(self.assembly.labels[label.0 as usize].expect("every label is bound"))
            }
            // A literal is asked for only by those who use it.
            Target::Literal(index) => self.literals[index as usize].expect("a used literal"),
        }
    }
}

/// Fixes all lengths and writes the bytes.
pub fn assemble(assembly: Assembly) -> Code {
    let mut levels = vec![0u8; assembly.spans.len()];
    loop {
        let addresses = Addresses::new(&assembly, &levels);
        let mut changed = false;
        let mut longer = levels.clone();
        for (i, (_, span)) in assembly.spans.iter().enumerate() {
            let level = span.fit(levels[i], addresses.span(i), &|target| addresses.target(target));
            changed |= level != levels[i];
            longer[i] = level;
        }
        if !changed {
            break;
        }
        levels = longer;
    }

    let addresses = Addresses::new(&assembly, &levels);
    let mut bytes = Vec::new();
    let mut relocs = Vec::new();
    let mut data = Vec::new();
    let mut text = Vec::new();
    let mut done = 0;
    for (i, (offset, span)) in assembly.spans.iter().enumerate() {
        bytes.extend_from_slice(&assembly.bytes[done..*offset as usize]);
        done = *offset as usize;
        let mut writer = Writer {
            bytes: &mut bytes,
            relocs: &mut relocs,
            data: &mut data,
            literals: &assembly.literals,
            text: Vec::new(),
        };
        let map = |target| addresses.target(target);
        match span {
            Span::Thumb(span) => span.write(levels[i], &map, &mut writer),
            Span::Rv(span) => span.write(levels[i], &map, &mut writer),
        }
        text.append(&mut writer.text);
        debug_assert_eq!(bytes.len() as u32, addresses.span(i) + span.size(levels[i]));
    }
    bytes.extend_from_slice(&assembly.bytes[done..]);
    for &(position, kind, symbol, addend) in &assembly.relocs {
        relocs.push(Reloc { offset: addresses.of(position), kind, symbol, addend });
    }

    let mut align = 2;
    if addresses.literals.iter().any(Option::is_some) {
        align = 4;
        if bytes.len() % 4 != 0 {
            thumb::insn::NOP.push_to(&mut bytes);
        }
        let start = bytes.len() as u32;
        for (literal, at) in assembly.literals.iter().zip(&addresses.literals) {
            let Some(at) = *at else { continue };
            debug_assert_eq!(at, bytes.len() as u32);
            let word = match *literal {
                Literal::Value(value) => {
                    text.push((at, format!(".word {value:#x}")));
                    value
                }
                Literal::Address(symbol, addend) => {
                    relocs.push(Reloc { offset: at, kind: RelocKind::Abs32, symbol, addend });
                    text.push((at, ".word".to_owned()));
                    addend as u32
                }
            };
            bytes.extend(word.to_le_bytes());
        }
        data.push((start, bytes.len() as u32));
    }

    let mut lines: Vec<(u32, Line)> =
        assembly.lines.iter().map(|(p, text)| (addresses.of(*p), Line::Text(text.clone()))).collect();
    lines.extend(text.into_iter().map(|(at, text)| (at, Line::Text(text))));
    for (i, position) in assembly.labels.iter().enumerate() {
        if let Some(position) = position {
            lines.push((addresses.of(*position), Line::Label(i as u32)));
        }
    }
    lines.sort_by_key(|(at, line)| (*at, matches!(line, Line::Text(_))));
    relocs.sort_by_key(|reloc| reloc.offset);
    Code { bytes, relocs, data, align, lines }
}

impl Code {
    /// The text, one instruction a line: address, bytes, assembly.
    pub fn listing(&self, unit: &Unit) -> String {
        let mut out = String::new();
        let ends: Vec<u32> = self
            .lines
            .iter()
            .filter(|(_, line)| matches!(line, Line::Text(_)))
            .map(|&(at, _)| at)
            .skip(1)
            .chain([self.bytes.len() as u32])
            .collect();
        let mut ends = ends.into_iter();
        for (at, line) in &self.lines {
            match line {
                Line::Label(label) => {
                    let _ = writeln!(out, ".L{label}:");
                }
                Line::Text(text) => {
                    let end = ends.next().unwrap_or(*at);
                    let code: String = self.bytes[*at as usize..end as usize]
                        .chunks(2)
                        .take(4)
                        .map(|half| half.iter().rev().map(|b| format!("{b:02x}")).collect::<String>() + " ")
                        .collect();
                    let _ = write!(out, "{at:6x}: {code:20} {text}");
                    for reloc in &self.relocs {
                        if (*at..end).contains(&reloc.offset) {
                            let name = match reloc.symbol {
                                SymbolRef::Unit(id) => unit.symbol(id).name.as_str(),
                                SymbolRef::Runtime(name) => name,
                            };
                            let _ = write!(out, " {name}");
                            if reloc.addend != 0 {
                                let _ = write!(out, "{:+}", reloc.addend);
                            }
                            break;
                        }
                    }
                    out.push('\n');
                }
            }
        }
        out
    }
}

/// The order in which to place the blocks (those that only jump are left out), and for each block the one that
/// control reaches in its place.
pub fn order(program: &Program) -> (Vec<BlockId>, Vec<BlockId>) {
    let count = program.blocks.len();
    let only_jumps = |b: usize| match program.blocks[b].insts.as_slice() {
        [Inst::Jump { to }] if to.to.index() != b => Some(to.to),
        _ => None,
    };
    let mut reached: Vec<BlockId> = (0..count as u32).map(BlockId).collect();
    for (b, reached) in reached.iter_mut().enumerate() {
        let mut at = b;
        // The bound breaks cycles of empty blocks.
        for _ in 0..count {
            match only_jumps(at) {
                Some(next) => at = next.index(),
                None => break,
            }
        }
        *reached = BlockId(at as u32);
    }
    let mut order = depth_first(program, &reached);
    let cold = cold_blocks(program, &reached, &order);
    let ends_in_trap = |&b: &usize| b != 0 && matches!(program.blocks[b].insts.last(), Some(Inst::Trap));
    let last = |b: &usize| ends_in_trap(b) || cold[*b];
    let (mut aside, traps): (Vec<usize>, Vec<usize>) =
        order.iter().copied().filter(|b| last(b)).partition(|b| !ends_in_trap(b));
    order.retain(|b| !last(b));
    aside.extend(traps);
    rotate_loops(program, &reached, &mut order);
    order.extend(aside);
    (order.into_iter().map(|b| BlockId(b as u32)).collect(), reached)
}

/// The blocks that are cold, or reached from cold ones only. They go behind the others, so that what is executed often
/// falls through.
fn cold_blocks(program: &Program, reached: &[BlockId], order: &[usize]) -> Vec<bool> {
    let mut cold: Vec<bool> = program.blocks.iter().map(|b| b.cold).collect();
    let mut warm = vec![false; cold.len()];
    warm[0] = true;
    // In reverse postorder a block comes after all its predecessors but those of back edges, whose source it dominates.
    for &b in order {
        cold[b] |= !warm[b];
        if !cold[b] {
            for edge in program.blocks[b].insts.last().map(Inst::edges).unwrap_or_default() {
                warm[reached[edge.to.index()].index()] = true;
            }
        }
    }
    cold[0] = false;
    cold
}

/// A reverse postorder in which the blocks of a loop are together: of a block's successors, the outermost is
/// visited first and so placed last.
fn depth_first(program: &Program, reached: &[BlockId]) -> Vec<usize> {
    let successors = |b: usize| -> Vec<usize> {
        let mut found: Vec<usize> = program.blocks[b]
            .insts
            .last()
            .map(|terminator| terminator.edges().iter().map(|e| reached[e.to.index()].index()).collect())
            .unwrap_or_default();
        // The last of equals comes first in the order, which keeps the way of the source.
        found.reverse();
        found.sort_by_key(|&s| program.blocks[s].depth);
        found
    };
    let mut seen = vec![false; program.blocks.len()];
    let mut postorder = Vec::new();
    let mut stack = vec![(0, successors(0))];
    seen[0] = true;
    while let Some((block, rest)) = stack.last_mut() {
        if rest.is_empty() {
            postorder.push(*block);
            stack.pop();
            continue;
        }
        let next = rest.remove(0);
        if !std::mem::replace(&mut seen[next], true) {
            stack.push((next, successors(next)));
        }
    }
    postorder.reverse();
    postorder
}

/// Moves the head of a loop that ends in a jump back to it behind that jump, if the head decides whether to
/// leave: one branch a turn instead of two.
fn rotate_loops(program: &Program, reached: &[BlockId], order: &mut Vec<usize>) {
    let mut at = 0;
    while at < order.len() {
        let latch = order[at];
        at += 1;
        let Some(Inst::Jump { to }) = program.blocks[latch].insts.last() else { continue };
        let head = reached[to.to.index()].index();
        let Some(place) = order.iter().position(|&b| b == head) else { continue };
        if place == 0 || place + 1 >= at {
            continue;
        }
        let Some(Inst::Branch { then, other, .. }) = program.blocks[head].insts.last() else { continue };
        let first = order[place + 1];
        let targets = [reached[then.to.index()].index(), reached[other.to.index()].index()];
        // The loop's body follows the head, and the other way leads past the latch.
        let leaves = targets
            .iter()
            .any(|&t| t != first && order.iter().position(|&b| b == t).is_some_and(|p| p >= at));
        if targets.contains(&first) && leaves {
            order.remove(place);
            order.insert(at - 1, head);
        }
    }
}
