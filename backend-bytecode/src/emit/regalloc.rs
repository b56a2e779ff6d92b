//! Register allocation: linear scan over live ranges with holes.
//!
//! Values joined by block parameters share a register where their ranges do not meet, the innermost loops first.
//! There is no spilling: a frame may be larger than one-byte operands reach ([`NEAR`]), and registers beyond are copied through a few
//! scratch registers that only such functions keep free. A value that is computed only to be an argument, with no
//! collection between, is computed right in the window of the call.
use super::liveness::{Liveness, Range, intersect};
use super::order::Order;
use super::select::{Class, Selection, class, is_large, keeps_window, takes_window, words};
use crate::image::ImageBuilder;
use jerboa_abi::opcode::NEAR;
use jerboa_ir::{FuncId, Imm, Inst, InstData, Op, ParamKind, Terminator, Type, Value};
use std::collections::BTreeMap;

/// First of the scratch registers of large functions, in either file: four words for what an instruction reads.
pub(super) const SCRATCH: u16 = NEAR - SCRATCH_WORDS;
/// Two words for its result.
pub(super) const SCRATCH_RESULT: u16 = SCRATCH + 4;
/// Three tagged registers for taking large calls apart.
const SCRATCH_TEMPORARIES: u16 = SCRATCH + 6;
/// Number of scratch words.
const SCRATCH_WORDS: u16 = 9;

/// Where a value is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Location {
    /// Tagged register.
    Tagged(u16),
    /// Word of the next call's window.
    Window(u16),
    /// Raw register (first word).
    Raw(u16),
    /// Raw parameter (first word), above the return address.
    RawParam(u16),
}

/// The frame of a function.
pub(super) struct Allocation {
    /// By value.
    pub(super) locations: Vec<Option<Location>>,
    /// Tagged registers set by the caller.
    pub(super) params: u16,
    /// Tagged registers.
    pub(super) tagged: u16,
    /// Raw registers.
    pub(super) raw: u16,
    /// Words of raw parameters.
    pub(super) raw_params: u16,
    /// Largest window, with room for a temporary.
    pub(super) window: u16,
    /// Tagged registers for taking large calls apart.
    pub(super) temporaries: [u16; 3],
    /// Some registers are far, and the scratch registers free.
    pub(super) large: bool,
    /// Parameters that the caller sets in scratch registers, and where they are moved to first.
    pub(super) moved_params: Vec<(u16, u16)>,
}

impl Allocation {
    pub(super) fn new(
        builder: &ImageBuilder<'_>,
        id: FuncId,
        selection: &Selection<'_>,
        order: &Order,
        liveness: &Liveness,
        large: bool,
    ) -> Allocation {
        Allocator::new(builder, id, selection, order, liveness, large).run()
    }

    /// Whether one byte names each register, with this many more in either file.
    pub(super) fn is_near(&self, tagged: u16, raw: u16) -> bool {
        // Between the raw registers and the raw parameters stands the return address.
        self.tagged + tagged + self.window <= NEAR && self.raw + raw + 1 + self.raw_params <= NEAR
    }
}

/// Values that share a register.
struct Bundle {
    class: Class,
    words: u16,
    ranges: Vec<Range>,
    fixed: Option<Location>,
    hint: Option<u16>,
}

/// What occupies each register of a file, by start of the range.
#[derive(Default)]
struct File {
    registers: Vec<BTreeMap<u32, u32>>,
}

impl File {
    fn is_free(&self, first: u16, words: u16, ranges: &[Range]) -> bool {
        (first..first + words).all(|r| {
            self.registers.get(usize::from(r)).is_none_or(|taken| {
                ranges.iter().all(|range| {
                    taken.range(..range.end).next_back().is_none_or(|(_, end)| *end <= range.start)
                })
            })
        })
    }

    fn take(&mut self, first: u16, words: u16, ranges: &[Range]) {
        let end = usize::from(first + words);
        if self.registers.len() < end {
            self.registers.resize_with(end, BTreeMap::new);
        }
        for register in &mut self.registers[usize::from(first)..end] {
            for range in ranges {
                let end = register.entry(range.start).or_insert(range.end);
                *end = (*end).max(range.end);
            }
        }
    }

    fn len(&self) -> u16 {
        self.registers.len() as u16
    }
}

struct Allocator<'a> {
    selection: &'a Selection<'a>,
    order: &'a Order,
    liveness: &'a Liveness,
    /// Keep the scratch registers free and compute nothing in windows.
    large: bool,
    parent: Vec<u32>,
    bundles: Vec<Bundle>,
    in_window: Vec<Option<u16>>,
    params: u16,
    raw_params: u16,
}

impl<'a> Allocator<'a> {
    fn new(
        builder: &ImageBuilder<'_>,
        id: FuncId,
        selection: &'a Selection<'a>,
        order: &'a Order,
        liveness: &'a Liveness,
        large: bool,
    ) -> Allocator<'a> {
        let function = selection.function;
        let bundles = function
            .values
            .iter()
            .enumerate()
            .map(|(i, v)| Bundle {
                class: class(v.ty),
                words: words(v.ty),
                ranges: liveness.ranges[i].clone(),
                fixed: None,
                hint: None,
            })
            .collect();
        let mut allocator = Allocator {
            selection,
            order,
            liveness,
            large,
            parent: (0..function.values.len() as u32).collect(),
            bundles,
            in_window: vec![None; function.values.len()],
            params: 0,
            raw_params: 0,
        };
        allocator.place_params(builder.is_value_function(id));
        allocator
    }

    fn run(mut self) -> Allocation {
        self.find_windows();
        self.coalesce();
        self.hint_raw_arguments();
        let mut tagged = File::default();
        let mut raw = File::default();
        let window = self.reserve_calls(&mut raw);
        let mut roots: Vec<u32> = (0..self.parent.len() as u32)
            .filter(|v| {
                self.find(*v) == *v
                    && !self.bundles[*v as usize].ranges.is_empty()
                    && self.in_window[*v as usize].is_none()
            })
            .collect();
        roots.sort_by_key(|r| {
            let bundle = &self.bundles[*r as usize];
            (bundle.fixed.is_none(), bundle.ranges[0].start)
        });
        let mut places: Vec<Option<Location>> = vec![None; self.parent.len()];
        let mut moved_params = Vec::new();
        for root in roots {
            let bundle = &self.bundles[root as usize];
            let file = if bundle.class == Class::Tagged { &mut tagged } else { &mut raw };
            let place = match bundle.fixed {
                Some(Location::Tagged(r)) if self.is_reserved(r, 1) => {
                    // Above all parameters, which have their places first.
                    let to = file.len().max(self.params).max(NEAR);
                    file.take(to, 1, &bundle.ranges);
                    moved_params.push((r, to));
                    Location::Tagged(to)
                }
                Some(Location::Tagged(r)) => {
                    file.take(r, 1, &bundle.ranges);
                    Location::Tagged(r)
                }
                Some(fixed) => fixed,
                None => {
                    let r = self.choose(file, bundle);
                    file.take(r, bundle.words, &bundle.ranges);
                    if bundle.class == Class::Tagged { Location::Tagged(r) } else { Location::Raw(r) }
                }
            };
            places[root as usize] = Some(place);
        }
        let locations = (0..self.parent.len() as u32)
            .map(|v| match self.in_window[v as usize] {
                Some(word) => Some(Location::Window(word)),
                None => places[self.find(v) as usize],
            })
            .collect();
        let mut registers = tagged.len().max(self.params);
        let mut raw_registers = raw.len();
        if self.large {
            registers = registers.max(SCRATCH + SCRATCH_WORDS);
            // The last two pass the result of a function whose frame is dropped in two steps.
            raw_registers = raw_registers.max(SCRATCH + SCRATCH_WORDS) + 2;
        }
        let mut temporaries = [0; 3];
        if self.large {
            temporaries = [SCRATCH_TEMPORARIES, SCRATCH_TEMPORARIES + 1, SCRATCH_TEMPORARIES + 2];
        } else if self.insts().any(|(_, data)| is_large(data)) {
            temporaries = [registers, registers + 1, registers + 2];
            registers += 3;
        }
        Allocation {
            locations,
            params: self.params,
            tagged: registers,
            raw: raw_registers,
            raw_params: self.raw_params,
            window,
            temporaries,
            large: self.large,
            moved_params,
        }
    }

    fn insts(&self) -> impl Iterator<Item = (Inst, &'a InstData)> {
        let function = self.selection.function;
        let folded = &self.selection.folded;
        self.order
            .blocks
            .iter()
            .flat_map(|b| &function.block(*b).insts)
            .filter(|i| !folded[i.index()])
            .map(|i| (*i, function.inst(*i)))
    }

    fn place_params(&mut self, through_value: bool) {
        let function = self.selection.function;
        let positional =
            function.signature.params.iter().filter(|p| matches!(p.kind, ParamKind::Arg(_))).count() as u16;
        let mut next = if through_value { 2 + positional } else { 0 };
        for (param, value) in function.signature.params.iter().zip(&function.blocks[0].params) {
            let place = if param.ty != Type::Val {
                self.raw_params += words(param.ty);
                Location::RawParam(self.raw_params - words(param.ty))
            } else {
                Location::Tagged(match param.kind {
                    ParamKind::Callee if through_value => 0,
                    ParamKind::This if through_value => 1,
                    ParamKind::Arg(i) if through_value => 2 + i as u16,
                    _ => {
                        next += 1;
                        next - 1
                    }
                })
            };
            self.bundles[value.index()].fixed = Some(place);
        }
        self.params = next;
    }

    fn find(&self, mut v: u32) -> u32 {
        while self.parent[v as usize] != v {
            v = self.parent[v as usize];
        }
        v
    }

    /// Finds the values that are computed in the window of the one call that uses them.
    fn find_windows(&mut self) {
        if self.large {
            return;
        }
        let function = self.selection.function;
        for block in &self.order.blocks {
            let insts = &function.block(*block).insts;
            for (at, inst) in insts.iter().enumerate() {
                let call = function.inst(*inst);
                // The short way of a push reads its operands from registers.
                if !takes_window(call.op)
                    || is_large(call)
                    || self.selection.is_push(call)
                    || self.selection.folded[inst.index()]
                {
                    continue;
                }
                // Backwards from the call, as far as nothing collects.
                for earlier in insts[..at].iter().rev() {
                    if self.selection.folded[earlier.index()] {
                        continue;
                    }
                    let data = function.inst(*earlier);
                    if let Some(result) = data.result
                        && self.selection.use_count[result.index()] == 1
                        && function.ty(result) == Type::Val
                        && !matches!(data.op, Op::New | Op::NewArrayArgs | Op::Catch)
                        && !is_large(data)
                        && let Some(word) = self.window_word(call, result)
                    {
                        self.in_window[result.index()] = Some(word);
                    }
                    if !keeps_window(data.op) {
                        break;
                    }
                }
            }
        }
    }

    /// Which word of the call's window holds this operand.
    fn window_word(&self, call: &InstData, value: Value) -> Option<u16> {
        let at = call.args.iter().position(|a| *a == value)?;
        window_layout(self.selection, call).iter().find(|(_, arg)| *arg == at).map(|(word, _)| *word)
    }

    fn coalesce(&mut self) {
        let function = self.selection.function;
        let mut edges: Vec<(u32, Value, Value)> = Vec::new();
        for block in &self.order.blocks {
            for call in function.block(*block).terminator.iter().flat_map(Terminator::successors) {
                let depth = self.order.depth[block.index()].min(self.order.depth[call.block.index()]);
                for (param, arg) in function.block(call.block).params.iter().zip(&call.args) {
                    if self.selection.constants[arg.index()].is_none() {
                        edges.push((depth, *param, *arg));
                    }
                }
            }
        }
        edges.sort_by_key(|(depth, ..)| std::cmp::Reverse(*depth));
        for (_, param, arg) in edges {
            let (a, b) = (self.find(param.0), self.find(arg.0));
            let (x, y) = (&self.bundles[a as usize], &self.bundles[b as usize]);
            let compatible = a != b
                && x.class == y.class
                && x.words == y.words
                && !x.ranges.is_empty()
                && !y.ranges.is_empty()
                && !(x.fixed.is_some() && y.fixed.is_some())
                && self.in_window[a as usize].is_none()
                && self.in_window[b as usize].is_none()
                && !intersect(&x.ranges, &y.ranges);
            // A fixed register may be taken by something else only outside the fixed value's own ranges, so joining
            // is always possible; but two parameters of one block never share one.
            if compatible {
                let moved = std::mem::take(&mut self.bundles[b as usize].ranges);
                let fixed = self.bundles[b as usize].fixed.take();
                let bundle = &mut self.bundles[a as usize];
                bundle.ranges.extend(moved);
                bundle.ranges.sort_unstable();
                bundle.fixed = bundle.fixed.or(fixed);
                self.parent[b as usize] = a;
            }
        }
    }

    /// Raw arguments like to be computed where the callee expects them.
    fn hint_raw_arguments(&mut self) {
        for (_, data) in self.insts().collect::<Vec<_>>() {
            if data.op != Op::CallDirect {
                continue;
            }
            let mut at = 0;
            for arg in &data.args {
                let ty = self.selection.function.ty(*arg);
                if ty != Type::Val {
                    let root = self.find(arg.0);
                    self.bundles[root as usize].hint = Some(at);
                    at += words(ty);
                }
            }
        }
    }

    /// Blocks the raw registers that direct calls overwrite; returns the size of the largest window.
    fn reserve_calls(&self, raw: &mut File) -> u16 {
        let mut window = 0;
        for (inst, data) in self.insts() {
            if takes_window(data.op) {
                let size = if is_large(data) {
                    jerboa_abi::opcode::MAX_ARGUMENTS as u16 + 3
                } else {
                    window_layout(self.selection, data)
                        .iter()
                        .map(|(word, _)| word + 1)
                        .max()
                        .unwrap_or(0)
                        .max(3)
                };
                window = window.max(size + 1);
            }
            if data.op == Op::CallDirect {
                let args: u16 = data
                    .args
                    .iter()
                    .map(|a| self.selection.function.ty(*a))
                    .filter(|t| *t != Type::Val)
                    .map(words)
                    .sum();
                let at = 2 * self.liveness.index[&inst];
                raw.take(0, args, &[Range { start: at, end: at + 1 }]);
            }
        }
        window
    }

    /// Whether some of these registers are scratch registers.
    fn is_reserved(&self, first: u16, words: u16) -> bool {
        self.large && first + words > SCRATCH && first < SCRATCH + SCRATCH_WORDS
    }

    fn choose(&self, file: &File, bundle: &Bundle) -> u16 {
        let free =
            |r: u16| !self.is_reserved(r, bundle.words) && file.is_free(r, bundle.words, &bundle.ranges);
        if let Some(hint) = bundle.hint
            && free(hint)
        {
            return hint;
        }
        (0..).find(|r| free(*r)).unwrap_or(u16::MAX)
    }
}

/// Which operand goes to which word of the window; the raw operands of a direct call are not in it.
pub(super) fn window_layout(selection: &Selection<'_>, data: &InstData) -> Vec<(u16, usize)> {
    let count = data.args.len() as u16;
    let from = |first: u16, arg: u16| {
        (arg..count).map(move |i| (first + i - arg, usize::from(i))).collect::<Vec<_>>()
    };
    match data.op {
        // Callee, this, arguments.
        Op::Call | Op::CallArray => from(0, 0),
        // The method is put before its receiver.
        Op::CallMethod => from(1, 0),
        // Receiver and key are exchanged.
        Op::CallElem => {
            let mut layout = vec![(1, 0), (0, 1)];
            layout.extend(from(2, 2));
            layout
        }
        // The new object, callee, this (not set), arguments.
        Op::New | Op::NewArrayArgs => {
            let mut layout = vec![(1, 0)];
            layout.extend(from(3, 1));
            layout
        }
        Op::CallDirect => direct_layout(selection, data),
        _ => from(0, 0),
    }
}

fn direct_layout(selection: &Selection<'_>, data: &InstData) -> Vec<(u16, usize)> {
    let Imm::Func(callee) = data.imm else { return Vec::new() };
    let through_value = selection.through_value[callee.index()];
    let signature = &selection.module.function(callee).signature;
    let positional = signature.params.iter().filter(|p| matches!(p.kind, ParamKind::Arg(_))).count() as u16;
    let mut next = if through_value { 2 + positional } else { 0 };
    let mut layout = Vec::new();
    for (i, param) in signature.params.iter().enumerate() {
        if param.ty != Type::Val {
            continue;
        }
        let word = match param.kind {
            ParamKind::Callee if through_value => 0,
            ParamKind::This if through_value => 1,
            ParamKind::Arg(n) if through_value => 2 + n as u16,
            _ => {
                next += 1;
                next - 1
            }
        };
        layout.push((word, i));
    }
    layout
}
