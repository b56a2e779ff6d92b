//! The assembler: instructions with labels, shortest jumps, handlers and positions.
mod shorten;

use crate::Error;
use crate::image::{FunctionCode, Handler, LineEntry};
use jerboa_abi::opcode::{Flow, Kind, Opcode, Unary};
use jerboa_ir::FuncId;

/// A place in the code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Label(pub(super) u32);

struct Item {
    bytes: Vec<u8>,
    /// Jump target; its offset operand is the last one.
    target: Option<Label>,
    /// Widened to reach the target.
    long: bool,
    /// Goes to another jump on its way.
    detour: bool,
    position: Option<LineEntry>,
    callee: Option<FuncId>,
}

impl Item {
    fn opcode(&self) -> Option<Opcode> {
        Opcode::from_byte(*self.bytes.first()?)
    }
}

/// Collects the code of one function.
#[derive(Default)]
pub(super) struct Assembler {
    items: Vec<Item>,
    /// By label: the item that it stands before.
    labels: Vec<Option<usize>>,
    /// First and last item covered (half open), and the handler.
    handlers: Vec<(usize, usize, Label)>,
    position: Option<LineEntry>,
    /// Items before this are behind a label and not to be changed.
    barrier: usize,
}

impl Assembler {
    pub(super) fn label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() as u32 - 1)
    }

    pub(super) fn bind(&mut self, label: Label) {
        self.labels[label.0 as usize] = Some(self.items.len());
        self.barrier = self.items.len();
    }

    /// Number of the next item, for [`Assembler::handler`].
    pub(super) fn here(&self) -> usize {
        self.items.len()
    }

    /// The position of the instructions from here on.
    pub(super) fn set_position(&mut self, position: Option<LineEntry>) {
        self.position = position;
    }

    /// Covers the items from `from` to here.
    pub(super) fn handler(&mut self, from: usize, target: Label) {
        let to = self.items.len();
        if let Some((_, end, last)) = self.handlers.last_mut()
            && *end == from
            && *last == target
        {
            *end = to;
        } else if from < to {
            self.handlers.push((from, to, target));
        }
    }

    /// An instruction; the operands in order, without a jump offset.
    pub(super) fn emit(&mut self, opcode: Opcode, operands: &[i32]) {
        if matches!(opcode, Opcode::AddI | Opcode::SubI) && self.fuse_increment(opcode, operands) {
            return;
        }
        self.push(opcode, operands, None);
    }

    /// The item before, if it is not behind a label.
    fn last(&self) -> Option<&Item> {
        if self.barrier == self.items.len() { None } else { self.items.last() }
    }

    /// `a = ToNumeric(b), a += 1`: a subtraction converts its operand.
    fn fuse_increment(&mut self, opcode: Opcode, operands: &[i32]) -> bool {
        let (Some(Item { bytes, .. }), [d, a, imm]) = (self.last(), operands) else { return false };
        let [op, operator, to, from] = bytes[..] else { return false };
        let numeric = op == Opcode::UnaryOp as u8 && operator == Unary::ToNumeric as u8;
        let imm = if opcode == Opcode::AddI { -imm } else { *imm };
        if !numeric || d != a || register(to) != *a || imm == 0 || i8::try_from(imm).is_err() {
            return false;
        }
        self.items.pop();
        self.push(Opcode::SubI, &[*d, register(from), imm], None);
        true
    }

    /// `d = a + b` where `b` is not read again: if it is the product that the instruction before computes, both may be done at once.
    pub(super) fn add_product(&mut self, [d, a, b]: [i32; 3]) {
        let product = |item: &Item| matches!(item.bytes[..], [op, to, ..] if op == Opcode::Mul as u8 && register(to) == b && a != b);
        if self.last().is_some_and(product) {
            let multiply = self.items.pop();
            self.push(Opcode::MulAdd, &[], None);
            self.items.extend(multiply);
        }
        self.emit(Opcode::Add, &[d, a, b]);
    }

    /// A jump; the offset is the last operand.
    pub(super) fn jump(&mut self, opcode: Opcode, operands: &[i32], target: Label) {
        if matches!(opcode, Opcode::JIlt | Opcode::JIltI) && self.fuse_step(opcode, operands, target) {
            return;
        }
        self.push(opcode, operands, Some(target));
    }

    /// A direct call, bound when the image is laid out.
    pub(super) fn call_direct(&mut self, callee: FuncId, back: i32, result: i32) {
        self.push(Opcode::CallDirect, &[0, back, result], None);
        if let Some(item) = self.items.last_mut() {
            item.callee = Some(callee);
        }
    }

    fn push(&mut self, opcode: Opcode, operands: &[i32], target: Option<Label>) {
        let info = opcode.info();
        let mut bytes = vec![opcode as u8];
        let offset: &[i32] = if target.is_some() { &[0] } else { &[] };
        debug_assert_eq!(info.operands.len(), operands.len() + offset.len(), "{}", info.name);
        for (operand, value) in info.operands.iter().zip(operands.iter().chain(offset)) {
            debug_assert!(fits(operand.kind, *value), "{} {}: {value}", info.name, operand.name);
            let scaled = value * i32::from(operand.kind.scale());
            bytes.extend(&scaled.to_le_bytes()[..operand.kind.size()]);
        }
        self.items.push(Item {
            bytes,
            target,
            long: false,
            detour: false,
            position: self.position,
            callee: None,
        });
    }

    /// `a += step; if (a < limit) …` in one instruction.
    fn fuse_step(&mut self, opcode: Opcode, operands: &[i32], target: Label) -> bool {
        let [a, limit] = operands else { return false };
        let Some(item) = self.last() else { return false };
        let small = opcode == Opcode::JIltI;
        let (fused, step) = match (item.opcode(), &item.bytes[..]) {
            (Some(Opcode::IAddI), [_, d, s, step])
                if d == s && register(*d) == *a && (small || a != limit) =>
            {
                (if small { Opcode::AddJltI } else { Opcode::AddJlt }, i32::from(*step as i8))
            }
            (Some(Opcode::IAdd), [_, d, s, step])
                if d == s && d != step && register(*d) == *a && a != limit && !small =>
            {
                (Opcode::AddJltR, register(*step))
            }
            _ => return false,
        };
        self.items.pop();
        self.push(fused, &[*a, step, *limit], Some(target));
        true
    }

    /// The item that a label stands before.
    fn place(&self, label: Label) -> Option<usize> {
        self.labels[label.0 as usize]
    }

    /// A jump to a jump goes where that one does; what needs not be there goes.
    fn tidy(&mut self) {
        for i in 0..self.items.len() {
            for _ in 0..8 {
                let onward = self.items[i].target.and_then(|t| self.place(t)).filter(|to| *to != i);
                match onward.and_then(|to| self.items.get(to)) {
                    Some(jump) if jump.opcode() == Some(Opcode::Jmp) => self.items[i].target = jump.target,
                    _ => break,
                }
            }
        }
        self.sweep();
    }

    /// Removes what is never reached, and jumps to what follows anyway.
    fn sweep(&mut self) {
        let mut live = self.reached();
        for i in 0..self.items.len() {
            if self.items[i].opcode() == Some(Opcode::Jmp)
                && let Some(to) = self.items[i].target.and_then(|t| self.place(t))
                && to > i
                && live[i + 1..to].iter().all(|live| !live)
            {
                live[i] = false;
            }
        }
        // By old number: the new number of the item, or of the next one that stays.
        let mut numbers = Vec::with_capacity(live.len() + 1);
        let mut next = 0;
        for live in &live {
            numbers.push(next);
            next += usize::from(*live);
        }
        numbers.push(next);
        let mut live = live.iter();
        self.items.retain(|_| live.next().is_some_and(|live| *live));
        for place in self.labels.iter_mut().flatten() {
            *place = numbers[*place];
        }
        for (from, to, _) in &mut self.handlers {
            (*from, *to) = (numbers[*from], numbers[*to]);
        }
        self.handlers.retain(|(from, to, _)| from < to);
    }

    /// Which items can be reached from the first one.
    fn reached(&self) -> Vec<bool> {
        let mut live = vec![false; self.items.len()];
        let mut work = vec![0];
        loop {
            while let Some(i) = work.pop() {
                let Some(item) = self.items.get(i) else { continue };
                if std::mem::replace(&mut live[i], true) {
                    continue;
                }
                work.extend(item.target.and_then(|t| self.place(t)));
                let ends = item.opcode().is_some_and(|op| matches!(op.info().flow, Flow::Jump | Flow::End));
                if !ends {
                    work.push(i + 1);
                }
            }
            for (from, to, handler) in &self.handlers {
                let thrown = live[*from..*to].contains(&true);
                work.extend(self.place(*handler).filter(|i| thrown && live.get(*i) == Some(&false)));
            }
            if work.is_empty() {
                return live;
            }
        }
    }

    /// Chooses the jumps' sizes and writes the code.
    pub(super) fn finish(mut self, id: FuncId) -> Result<FunctionCode, Error> {
        self.tidy();
        let mut offsets = self.choose_sizes();
        while self.merge(&offsets) {
            self.sweep();
            offsets = self.choose_sizes();
        }
        let mut code = FunctionCode::default();
        for (i, item) in self.items.iter().enumerate() {
            let at = offsets[i];
            debug_assert_eq!(code.code.len(), at);
            if let Some(position) = item.position {
                let opcode = item.opcode();
                let seen = opcode.is_some_and(|op| !is_silent(op));
                let entry = LineEntry { at: at as u32, ..position };
                let same = code
                    .lines
                    .last()
                    .is_some_and(|last: &LineEntry| LineEntry { at: entry.at, ..*last } == entry);
                if seen && !same {
                    code.lines.push(entry);
                }
            }
            if let Some(callee) = item.callee {
                code.calls.push((at as u32, callee));
            }
            match item.target {
                None => code.code.extend(&item.bytes),
                Some(target) => {
                    let distance = distance(&offsets, &self.labels, i, target);
                    write_jump(&mut code.code, item, distance).ok_or(Error::FunctionTooLarge(id))?;
                }
            }
        }
        let half = |item: usize| u16::try_from(offsets[item]).map_err(|_| Error::FunctionTooLarge(id));
        for (from, to, target) in &self.handlers {
            let target =
                self.labels[target.0 as usize].ok_or(Error::InvalidIr(id, "a label is not bound"))?;
            code.handlers.push(Handler { start: half(*from)?, end: half(*to)?, target: half(target)? });
        }
        Ok(code)
    }

    /// Makes jumps long that do not reach their targets, starting from short ones; gives the offsets of the items.
    fn choose_sizes(&mut self) -> Vec<usize> {
        self.items.iter_mut().for_each(|item| item.long = false);
        loop {
            let offsets = self.offsets();
            let mut grown = false;
            for i in 0..self.items.len() {
                let item = &self.items[i];
                let Some(target) = item.target else { continue };
                let distance = distance(&offsets, &self.labels, i, target);
                let wide = matches!(item.opcode(), Some(op) if last_kind(op) == Kind::X16);
                if !item.long && !wide && i8::try_from(distance).is_err() {
                    self.items[i].long = !self.shorten(i, &offsets);
                    grown = true;
                }
            }
            if !grown {
                return offsets;
            }
        }
    }

    /// Offset of each item, and of the end.
    fn offsets(&self) -> Vec<usize> {
        let mut at = 0;
        let mut offsets = Vec::with_capacity(self.items.len() + 1);
        for item in &self.items {
            offsets.push(at);
            at += size(item);
        }
        offsets.push(at);
        offsets
    }
}

fn last_kind(opcode: Opcode) -> Kind {
    opcode.info().operands.last().map_or(Kind::N8, |o| o.kind)
}

fn distance(offsets: &[usize], labels: &[Option<usize>], item: usize, target: Label) -> i64 {
    let to = labels[target.0 as usize].map_or(0, |i| offsets[i]);
    to as i64 - offsets[item] as i64
}

/// Instructions that need no source position: they neither throw nor call.
fn is_silent(opcode: Opcode) -> bool {
    matches!(opcode.info().flow, Flow::Pure | Flow::Branch | Flow::Jump)
        || matches!(
            opcode,
            Opcode::Ret
                | Opcode::RetU
                | Opcode::RetR
                | Opcode::RetF
                | Opcode::Enter
                | Opcode::EnterRaw
                | Opcode::EnterWide
        )
}

fn size(item: &Item) -> usize {
    match (item.long, item.opcode()) {
        (false, _) => item.bytes.len(),
        (true, Some(Opcode::Jmp)) => Opcode::Jmp16.size(),
        // The step, the inverse jump over, the jump.
        (true, Some(Opcode::AddJlt | Opcode::AddJltI | Opcode::AddJltR)) => {
            Opcode::IAddI.size() + Opcode::JIle.size() + Opcode::Jmp16.size()
        }
        (true, _) => item.bytes.len() + Opcode::Jmp16.size(),
    }
}

/// Writes a jump; `None` if it can not reach.
fn write_jump(code: &mut Vec<u8>, item: &Item, distance: i64) -> Option<()> {
    let opcode = item.opcode()?;
    if !item.long {
        let operand = last_kind(opcode).size();
        code.extend(&item.bytes[..item.bytes.len() - operand]);
        let near = if operand == 2 {
            i16::try_from(distance).ok()?
        } else {
            i16::from(i8::try_from(distance).ok()?)
        };
        code.extend(&near.to_le_bytes()[..operand]);
        return Some(());
    }
    let mut before = 0;
    match (opcode, &item.bytes[..]) {
        (Opcode::Jmp, _) => {}
        (Opcode::AddJlt | Opcode::AddJltI | Opcode::AddJltR, [_, a, step, limit, _]) => {
            let add = if opcode == Opcode::AddJltR { Opcode::IAdd } else { Opcode::IAddI };
            code.extend([add as u8, *a, *a, *step]);
            let over = (Opcode::JIle.size() + Opcode::Jmp16.size()) as u8;
            code.extend(match opcode {
                Opcode::AddJltI => [Opcode::JIgeI as u8, *a, *limit, over],
                _ => [Opcode::JIle as u8, *limit, *a, over],
            });
            before = Opcode::IAddI.size() + Opcode::JIle.size();
        }
        (_, bytes) => {
            let (inverse, swap) = inverse(opcode)?;
            let mut bytes = bytes.to_vec();
            bytes[0] = inverse as u8;
            if swap {
                bytes.swap(1, 2);
            }
            let last = bytes.len() - 1;
            bytes[last] = (bytes.len() + Opcode::Jmp16.size()) as u8;
            before = bytes.len();
            code.extend(bytes);
        }
    }
    code.push(Opcode::Jmp16 as u8);
    code.extend(i16::try_from(distance - before as i64).ok()?.to_le_bytes());
    Some(())
}

/// The jump with the opposite condition, and whether its operands are exchanged.
pub(super) fn inverse(opcode: Opcode) -> Option<(Opcode, bool)> {
    use Opcode::*;
    const PAIRS: &[(Opcode, Opcode)] = &[
        (JLt, JNlt),
        (JLe, JNle),
        (JGt, JNgt),
        (JGe, JNge),
        (JLtI, JNltI),
        (JLeI, JNleI),
        (JGtI, JNgtI),
        (JGeI, JNgeI),
        (JSeq, JSne),
        (JEq, JNe),
        (JIs, JIsnt),
        (JIsI, JIsntI),
        (JTrue, JFalse),
        (JNullish, JNotNullish),
        (JInt, JNotInt),
        (JClass, JNotClass),
        (JNz, JZ),
        (JIeq, JIne),
        (JIeqI, JIneI),
        (JIltI, JIgeI),
        (JIleI, JIgtI),
        (JFlt, JFnlt),
        (JFle, JFnle),
        (JFeq, JFne),
    ];
    match opcode {
        JIlt => Some((JIle, true)),
        JIle => Some((JIlt, true)),
        JUlt => Some((JUle, true)),
        JUle => Some((JUlt, true)),
        _ => PAIRS.iter().find_map(|(a, b)| {
            if *a == opcode {
                Some((*b, false))
            } else if *b == opcode {
                Some((*a, false))
            } else {
                None
            }
        }),
    }
}

/// The number of a register from the byte that names it.
fn register(byte: u8) -> i32 {
    i32::from(byte / Kind::R.scale())
}

fn fits(kind: Kind, value: i32) -> bool {
    let value = value * i32::from(kind.scale());
    match (kind.size(), kind.is_signed()) {
        (1, false) => u8::try_from(value).is_ok(),
        (1, true) => i8::try_from(value).is_ok(),
        (2, false) => u16::try_from(value).is_ok(),
        (2, true) => i16::try_from(value).is_ok(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_conditional_jump_has_an_inverse_of_the_same_size() {
        for opcode in Opcode::ALL {
            if last_kind(*opcode) != Kind::J8
                || matches!(opcode, Opcode::Jmp | Opcode::AddJlt | Opcode::AddJltI | Opcode::AddJltR)
            {
                continue;
            }
            let (other, _) = inverse(*opcode).unwrap_or_else(|| panic!("{} has none", opcode.info().name));
            assert_eq!(other.size(), opcode.size());
            assert_eq!(inverse(other).map(|(op, _)| op), Some(*opcode));
        }
    }

    #[test]
    fn what_is_never_reached_goes() {
        let mut asm = Assembler::default();
        let (end, handler) = (asm.label(), asm.label());
        let from = asm.here();
        asm.emit(Opcode::Throw, &[0]);
        asm.handler(from, handler);
        let from = asm.here();
        asm.emit(Opcode::RetU, &[0]);
        asm.handler(from, end);
        asm.bind(handler);
        asm.jump(Opcode::Jmp, &[], end);
        asm.emit(Opcode::RetU, &[1]);
        asm.bind(end);
        asm.emit(Opcode::RetU, &[2]);
        let code = asm.finish(FuncId(0)).expect("it fits");
        assert_eq!(code.code, [Opcode::Throw as u8, 0, Opcode::RetU as u8, 2 * Kind::Words.scale()]);
        assert_eq!(code.handlers, [Handler { start: 0, end: 2, target: 2 }]);
    }

    #[test]
    fn jumps_grow_where_they_must() {
        let mut asm = Assembler::default();
        let far = asm.label();
        let near = asm.label();
        asm.jump(Opcode::JNz, &[0], far);
        asm.jump(Opcode::JNz, &[0], near);
        asm.bind(near);
        for _ in 0..60 {
            asm.emit(Opcode::MovR, &[0, 1]);
        }
        asm.bind(far);
        asm.emit(Opcode::Unreachable, &[]);
        let code = asm.finish(FuncId(0)).expect("it fits").code;
        assert_eq!(code[..3], [Opcode::JZ as u8, 0, 6]);
        assert_eq!(code[3], Opcode::Jmp16 as u8);
        // From the start of the long jump to the end: itself, the near jump, 60 moves.
        assert_eq!(i16::from_le_bytes([code[4], code[5]]), 3 + 3 + 180);
        assert_eq!(code[6..9], [Opcode::JNz as u8, 0, 3]);
    }

    #[test]
    fn far_jumps_go_by_way_of_near_ones() {
        let mut asm = Assembler::default();
        let far = asm.label();
        let over = asm.label();
        asm.jump(Opcode::JNz, &[0], far);
        asm.jump(Opcode::JNz, &[1], over);
        asm.jump(Opcode::Jmp, &[], far);
        asm.bind(over);
        for _ in 0..60 {
            asm.emit(Opcode::MovR, &[0, 1]);
        }
        asm.bind(far);
        asm.emit(Opcode::Unreachable, &[]);
        let code = asm.finish(FuncId(0)).expect("it fits").code;
        assert_eq!(code[..3], [Opcode::JNz as u8, 0, 6]);
        assert_eq!(code[6], Opcode::Jmp16 as u8);
    }

    #[test]
    fn far_tests_with_their_ends_are_merged() {
        let mut asm = Assembler::default();
        let (start, other) = (asm.label(), asm.label());
        asm.bind(start);
        for _ in 0..40 {
            asm.emit(Opcode::MovR, &[0, 1]);
        }
        asm.jump(Opcode::JNz, &[1], other);
        asm.jump(Opcode::JNz, &[0], start);
        asm.emit(Opcode::RetU, &[2]);
        asm.bind(other);
        asm.emit(Opcode::MovR, &[0, 1]);
        asm.jump(Opcode::JNz, &[0], start);
        asm.emit(Opcode::RetU, &[2]);
        let code = asm.finish(FuncId(0)).expect("it fits").code;
        let end = code.len();
        assert_eq!(code[end - 2..], [Opcode::Jmp as u8, (-8i8) as u8]);
    }
}
