//! `array.sort`: a stable merge sort from the bottom up, on a copy of the elements.
//!
//! The comparator may do what it likes with the array, or throw: the array is written only when the order is known.

use super::Subject;
use crate::Result;
use crate::value::{Slot, Value};
use crate::vm::Vm;

/// Runs of this length are sorted by insertion before they are merged.
const RUN: u32 = 8;

crate::native! {
    /// `array.sort(comparator)`
    fn jrt_n_array_sort(vm, args) {
        let [comparator] = args.take(vm)?;
        require_comparator(vm, comparator)?;
        let (subject, length) = Subject::new(vm, args, "")?;
        sort(vm, subject, length, comparator)?;
        Ok(vm.get(subject.object))
    }
}

/// Refuses what is neither a function nor `undefined`.
pub(super) fn require_comparator(vm: &mut Vm, comparator: Slot) -> Result<()> {
    if vm.get(comparator).is_undefined() || vm.get(comparator).is_callable() {
        return Ok(());
    }
    Err(vm.throw_type("The comparison function must be either a function or undefined"))
}

/// Sorts the first `length` elements in place.
pub(super) fn sort(vm: &mut Vm, subject: Subject, length: u32, comparator: Slot) -> Result<()> {
    let [items, space, value] = vm.slots()?;
    vm.new_array(0)?.store(items);
    let mut undefined = 0;
    for i in 0..length {
        if subject.get_present(vm, i, value)? {
            if vm.get(value).is_undefined() {
                undefined += 1;
            } else {
                vm.array_push(items, value)?;
            }
        }
    }
    let count = vm.array_length(items);
    let with_keys = vm.get(comparator).is_undefined() && !all_strings(vm, items);
    if with_keys {
        add_keys(vm, items, space)?;
    }
    let stride = if with_keys { 2 } else { 1 };
    vm.new_array_with_length(count * stride)?.store(space);
    let mut sort = Sort::new(vm, items, space, comparator, stride)?;
    sort.run(vm, count)?;
    let (sorted, last) = (sort.items, stride - 1);
    for i in 0..count {
        vm.array_get(sorted, i * stride + last).store(value);
        subject.set(vm, i, value)?;
    }
    Value::UNDEFINED.store(value);
    for i in count..count + undefined {
        subject.set(vm, i, value)?;
    }
    for i in count + undefined..length {
        if subject.get_present(vm, i, value)? {
            subject.delete(vm, i)?;
        }
    }
    Ok(())
}

fn all_strings(vm: &Vm, items: Slot) -> bool {
    (0..vm.array_length(items)).all(|i| vm.array_get(items, i).is_string())
}

/// Puts the string of each element before it, so that it is made once.
fn add_keys(vm: &mut Vm, items: Slot, space: Slot) -> Result<()> {
    let mark = vm.mark();
    let [key, value] = vm.slots()?;
    let count = vm.array_length(items);
    vm.new_array(2 * count)?.store(space);
    for i in 0..count {
        vm.array_get(items, i).store(value);
        vm.copy(value, key);
        vm.to_flat_string(key)?;
        vm.array_push(space, key)?;
        vm.array_push(space, value)?;
    }
    vm.copy(space, items);
    vm.release(mark);
    Ok(())
}

/// The state of a sort.
struct Sort {
    items: Slot,
    space: Slot,
    comparator: Slot,
    left: Slot,
    right: Slot,
    none: Slot,
    /// Words of an item: the value, or key and value.
    stride: u32,
}

impl Sort {
    fn new(vm: &mut Vm, items: Slot, space: Slot, comparator: Slot, stride: u32) -> Result<Sort> {
        let [left, right, none] = vm.slots()?;
        Ok(Sort { items, space, comparator, left, right, none, stride })
    }

    fn run(&mut self, vm: &mut Vm, count: u32) -> Result<()> {
        let mut start = 0;
        while start < count {
            self.insert(vm, start, (start + RUN).min(count))?;
            start += RUN;
        }
        let mut width = RUN;
        while width < count {
            let mut start = 0;
            while start < count {
                let middle = (start + width).min(count);
                self.merge(vm, start, middle, (middle + width).min(count))?;
                start = middle.saturating_add(width);
            }
            core::mem::swap(&mut self.items, &mut self.space);
            width *= 2;
        }
        Ok(())
    }

    /// Copies an item.
    fn copy(&self, vm: &Vm, from: (Slot, u32), to: (Slot, u32)) {
        for k in 0..self.stride {
            vm.array_set(to.0, to.1 * self.stride + k, vm.array_get(from.0, from.1 * self.stride + k));
        }
    }

    /// Whether the item `b` must come before `a`, which stands before it.
    fn out_of_order(&self, vm: &mut Vm, a: u32, b: (Slot, u32)) -> Result<bool> {
        vm.array_get(self.items, a * self.stride).store(self.left);
        vm.array_get(b.0, b.1 * self.stride).store(self.right);
        if vm.get(self.comparator).is_undefined() {
            return Ok(vm.compare_strings(self.left, self.right)?.is_gt());
        }
        // The later one first, as V8 asks: a comparator that never says "less" changes nothing.
        vm.call_with(self.comparator, self.none, &[self.right, self.left])?.store(self.left);
        Ok(vm.to_number(self.left)? < 0.0)
    }

    /// Sorts a run by insertion, the item that is being inserted kept at the front of the other array.
    fn insert(&self, vm: &mut Vm, start: u32, end: u32) -> Result<()> {
        for i in start + 1..end {
            let mut place = i;
            self.copy(vm, (self.items, i), (self.space, 0));
            while place > start && self.out_of_order(vm, place - 1, (self.space, 0))? {
                self.copy(vm, (self.items, place - 1), (self.items, place));
                place -= 1;
            }
            self.copy(vm, (self.space, 0), (self.items, place));
        }
        Ok(())
    }

    /// Merges two runs that follow each other into the other array.
    fn merge(&self, vm: &mut Vm, start: u32, middle: u32, end: u32) -> Result<()> {
        let (mut a, mut b) = (start, middle);
        for to in start..end {
            let take_right = a == middle || b < end && self.out_of_order(vm, a, (self.items, b))?;
            let from = if take_right { &mut b } else { &mut a };
            self.copy(vm, (self.items, *from), (self.space, to));
            *from += 1;
        }
        Ok(())
    }
}
