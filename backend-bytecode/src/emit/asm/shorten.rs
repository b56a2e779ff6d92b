//! Far jumps by way of code that is near.
//!
//! A conditional jump reaches 127 bytes. One that must go farther is its inverse over a jump of three bytes. If a jump to the same
//! place stands near by, or the same test with the same end behind it, going there does the same in fewer bytes and no
//! more instructions.
use super::{Assembler, Flow, Item, Kind, Label, Opcode, last_kind};

/// How far the way round may be when it is chosen: what lies between can still grow.
const NEAR: usize = 110;

impl Assembler {
    /// Sends a conditional jump that is too far for its form to a jump that goes where it does; whether there is one near.
    pub(super) fn shorten(&mut self, i: usize, offsets: &[usize]) -> bool {
        let item = &self.items[i];
        if item.detour || item.opcode().is_none_or(|op| op == Opcode::Jmp || last_kind(op) != Kind::J8) {
            return false;
        }
        let near = |k: &usize| {
            *k != i
                && offsets[i].abs_diff(offsets[*k]) < NEAR
                && self.items[*k].opcode() == Some(Opcode::Jmp)
                && self.is_same_place(item, &self.items[*k])
        };
        let Some(k) = (0..self.items.len()).find(near) else { return false };
        let label = self.label_of(k);
        let item = &mut self.items[i];
        (item.target, item.detour) = (Some(label), true);
        true
    }

    /// Makes a jump to an equal test of a far conditional jump with the end that follows it; whether there was one. What
    /// is not reached any more is still there.
    pub(super) fn merge(&mut self, offsets: &[usize]) -> bool {
        for i in 0..self.items.len().saturating_sub(1) {
            if !self.items[i].long || self.items[i].opcode() == Some(Opcode::Jmp) {
                continue;
            }
            let equal = |k: &usize| {
                *k != i
                    && *k + 1 < self.items.len()
                    && offsets[i].abs_diff(offsets[*k]) < NEAR
                    && !self.items[*k].long
                    && self.are_equal(i, *k)
                    && self.are_equal(i + 1, *k + 1)
                    && self.ends(i + 1)
            };
            if let Some(k) = (0..self.items.len()).find(equal) {
                let label = self.label_of(k);
                let item = &mut self.items[i];
                item.bytes = vec![Opcode::Jmp as u8, 0];
                (item.target, item.long) = (Some(label), false);
                return true;
            }
        }
        false
    }

    fn ends(&self, i: usize) -> bool {
        self.items[i].opcode().is_some_and(|op| matches!(op.info().flow, Flow::Jump | Flow::End))
    }

    /// Whether two items do the same, also in what stacks show and where exceptions go.
    fn are_equal(&self, i: usize, k: usize) -> bool {
        let (a, b) = (&self.items[i], &self.items[k]);
        a.bytes == b.bytes
            && a.position == b.position
            && a.callee == b.callee
            && self.is_same_place(a, b)
            && self
                .handlers
                .iter()
                .all(|(from, to, _)| (*from..*to).contains(&i) == (*from..*to).contains(&k))
    }

    fn is_same_place(&self, a: &Item, b: &Item) -> bool {
        match (a.target, b.target) {
            (Some(a), Some(b)) => self.place(a) == self.place(b),
            (None, None) => true,
            _ => false,
        }
    }

    /// A label that stands before an item.
    fn label_of(&mut self, item: usize) -> Label {
        let label = self.label();
        self.labels[label.0 as usize] = Some(item);
        label
    }
}
