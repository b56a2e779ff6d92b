//! `array.sort`: a stable merge sort from the bottom up.
//!
//! It sorts a copy of the elements: the comparator may do what it likes with the array, or throw, and the array is written only
//! when the order is known. Merging takes a buffer of half the elements. With less memory for the buffer, runs are
//! merged by rotation until the pieces fit (as in Dudziński and Dydek, *On a stable minimum storage merging
//! algorithm*, Information Processing Letters 12(1), 1981). Where there is no memory for the copy either, an array of words is
//! sorted in place; a comparator can notice that, and one that changes the array then meets a RangeError.

use jerboa_abi::header;
use jerboa_abi::image::function;
use jerboa_abi::value as word;
use jerboa_rt::Result;
use jerboa_rt::memory::{load, load_half, move_words, store};
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::{InvokeFn, Vm};

use super::{Subject, is_packed};

/// Runs of this length are sorted by insertion before they are merged.
const RUN: u32 = 6;

/// Words that a sort leaves free for what the comparator may want to make.
const SPARE: u32 = 32;

jerboa_rt::native! {
    /// `array.sort(comparator)`
    fn jrt_n_array_sort(vm, args) {
        let [comparator] = args.take(vm)?;
        require_comparator(vm, comparator)?;
        let (subject, length) = Subject::new(vm, args)?;
        sort(vm, subject, length, comparator)?;
        Ok(vm.get(subject.object))
    }
}

/// Refuses what is neither a function nor `undefined`.
pub(crate) fn require_comparator(vm: &mut Vm, comparator: Slot) -> Result<()> {
    if vm.get(comparator).is_undefined() || vm.get(comparator).is_callable() {
        return Ok(());
    }
    Err(vm.throw_type("The comparison function must be either a function or undefined"))
}

/// Sorts the first `length` elements in place.
pub(crate) fn sort(vm: &mut Vm, subject: Subject, length: u64, comparator: Slot) -> Result<()> {
    let [list, value] = vm.slots()?;
    let plain = is_packed(vm, subject.object) && !header::is_byte_array(vm.get(subject.object).header());
    let sortable = !vm.get(comparator).is_undefined() || all_strings(vm, subject.object);
    if plain
        && sortable
        && length == u64::from(vm.array_length(subject.object))
        && length > u64::from(RUN)
        && !vm.has_room(length as u32 + SPARE)
    {
        return sort_without_copy(vm, subject.object, comparator);
    }
    vm.new_array(0)?.store(list);
    if plain {
        vm.array_reserve(list, length as u32)?;
    }
    let mut undefined = 0;
    for i in 0..length {
        if subject.get_present(vm, i, value)? {
            if vm.get(value).is_undefined() {
                undefined += 1;
            } else {
                vm.array_push(list, value)?;
            }
        }
    }
    let count = vm.array_length(list);
    let with_keys = vm.get(comparator).is_undefined() && !all_strings(vm, list);
    if with_keys {
        add_keys(vm, list)?;
    }
    vm.array_widen(list)?;
    let stride = if with_keys { 2 } else { 1 };
    sort_items(vm, list, comparator, stride, count)?;
    for i in 0..count {
        vm.array_get(list, i * stride + stride - 1).store(value);
        subject.set(vm, u64::from(i), value)?;
    }
    Value::UNDEFINED.store(value);
    for i in u64::from(count)..u64::from(count) + undefined {
        subject.set(vm, i, value)?;
    }
    for i in u64::from(count) + undefined..length {
        if subject.get_present(vm, i, value)? {
            subject.delete(vm, i)?;
        }
    }
    Ok(())
}

/// Sorts an array of words without holes that is too large for a copy.
fn sort_without_copy(vm: &mut Vm, array: Slot, comparator: Slot) -> Result<()> {
    let length = vm.array_length(array);
    let first = load(load(array.0) + 8) + 4;
    let mut count = 0;
    for i in 0..length {
        let element = load(first + 4 * i);
        if element != word::UNDEFINED {
            store(first + 4 * count, element);
            count += 1;
        }
    }
    for i in count..length {
        store(first + 4 * i, word::UNDEFINED);
    }
    sort_items(vm, array, comparator, 1, count)
}

/// Sorts the first `count` items of an array of words. In a frame of its own, since that of [`sort`] is needed twice otherwise.
#[inline(never)]
fn sort_items(vm: &mut Vm, array: Slot, comparator: Slot, stride: u32, count: u32) -> Result<()> {
    Sort::new(vm, array, comparator, stride)?.run(vm, count)
}

fn all_strings(vm: &Vm, items: Slot) -> bool {
    (0..vm.array_length(items)).all(|i| vm.array_get(items, i).is_string())
}

/// Puts the string of each element before it, so that it is made once.
fn add_keys(vm: &mut Vm, list: Slot) -> Result<()> {
    let mark = vm.mark();
    let [pairs, key, value] = vm.slots()?;
    let count = vm.array_length(list);
    vm.new_array(2 * count)?.store(pairs);
    for i in 0..count {
        vm.array_get(list, i).store(value);
        vm.copy(value, key);
        vm.to_flat_string(key)?;
        vm.array_push(pairs, key)?;
        vm.array_push(pairs, value)?;
    }
    vm.copy(pairs, list);
    vm.release(mark);
    Ok(())
}

/// The state of a sort.
struct Sort {
    /// The array whose elements are the items' words.
    array: Slot,
    /// A store, or `EMPTY`.
    buffer: Slot,
    /// The window of a call of the comparator, on top of the stack; none if strings are compared.
    window: Option<Slot>,
    comparator: Slot,
    /// Its code.
    entry: Option<InvokeFn>,
    /// The flag of its that says what it does with small integers, or 0.
    order: u32,
    /// The item that is being inserted: `stride` slots.
    held: Slot,
    /// Operands of a comparison of strings, or its result.
    left: Slot,
    right: Slot,
    /// Words of an item: the value, or key and value.
    stride: u32,
    /// Items that fit the buffer.
    room: u32,
    /// Number of elements of the array, and its store, as they must remain.
    length: u32,
}

/// Two merges that are left of one: of the runs that meet at `first` and end at `meeting`, and of those that begin there and meet at
/// `second`.
struct Split {
    first: u32,
    meeting: u32,
    second: u32,
}

impl Sort {
    /// `array` is one of words.
    fn new(vm: &mut Vm, array: Slot, comparator: Slot, stride: u32) -> Result<Sort> {
        let [buffer, held, _, left, right] = vm.slots()?;
        let length = vm.array_length(array);
        let wanted = length.div_ceil(2).next_multiple_of(stride);
        let mut words = wanted;
        if !vm.has_room(wanted + SPARE) {
            words = vm.free_words().saturating_sub(SPARE) & !(stride - 1);
        }
        Value::EMPTY.store(buffer);
        if words != 0 {
            vm.new_store(words)?.store(buffer);
        }
        let compares = !vm.get(comparator).is_undefined();
        let entry = vm.plain_entry(comparator);
        let order = match entry {
            Some(_) => {
                let flags = load_half(vm.descriptor_of(load(comparator.0)) + function::FLAGS as u32);
                flags & u32::from(function::ASCENDING | function::DESCENDING)
            }
            None => 0,
        };
        let window = if compares { Some(vm.push_words(4)?) } else { None };
        Ok(Sort {
            array,
            buffer,
            window,
            comparator,
            entry,
            order,
            held,
            left,
            right,
            stride,
            room: words / stride,
            length,
        })
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
            width *= 2;
        }
        Ok(())
    }

    /// Address of an item.
    #[inline(always)]
    fn item(&self, i: u32) -> u32 {
        load(load(self.array.0) + 8) + 4 + 4 * self.stride * i
    }

    /// Address of an item in the buffer.
    #[inline(always)]
    fn buffered(&self, i: u32) -> u32 {
        load(self.buffer.0) + 4 + 4 * self.stride * i
    }

    /// Copies items between addresses; the places may overlap.
    #[inline(always)]
    fn copy(&self, from: u32, to: u32, count: u32) {
        if count == 1 && self.stride == 1 {
            store(to, load(from));
        } else {
            move_words(from, to, self.stride * count);
        }
    }

    /// Whether the item at address `b` must come before the one at `a`, which stands before it.
    fn before(&self, vm: &mut Vm, b: u32, a: u32) -> Result<bool> {
        // A comparator may delete elements of an array that is sorted in place.
        let value = |at: u32| if load(at) == word::EMPTY { word::UNDEFINED } else { load(at) };
        let (a, b) = (value(a), value(b));
        let Some(window) = self.window else {
            store(self.left.0, a);
            store(self.right.0, b);
            return Ok(vm.compare_strings(self.left, self.right)?.is_gt());
        };
        if self.order != 0 && a & b & word::INT_BIT != 0 {
            let (low, high) = if self.order == u32::from(function::ASCENDING) { (b, a) } else { (a, b) };
            return Ok((low as i32) < high as i32);
        }
        // The later one first, as V8 asks: a comparator that never says "less" changes nothing. The callee may have
        // overwritten the window of the call before.
        store(window.0, load(self.comparator.0));
        store(window.above(1).0, word::UNDEFINED);
        store(window.above(2).0, b);
        store(window.above(3).0, a);
        let result = match self.entry {
            Some(entry) => vm.enter(entry, 2)?,
            None => vm.call_word(2)?,
        };
        if !self.is_intact(vm) {
            return Err(vm.throw_out_of_memory());
        }
        if word::is_int(result) {
            return Ok((result as i32) < 0);
        }
        store(self.left.0, result);
        Ok(vm.to_number(self.left)? < 0.0)
    }

    /// Sorts a run by insertion.
    fn insert(&self, vm: &mut Vm, start: u32, end: u32) -> Result<()> {
        for i in start + 1..end {
            let mut place = i;
            self.copy(self.item(i), self.held.0, 1);
            let mut outcome = Ok(());
            while place > start {
                match self.before(vm, self.held.0, self.item(place - 1)) {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(thrown) => {
                        outcome = Err(thrown);
                        break;
                    }
                }
                self.copy(self.item(place - 1), self.item(place), 1);
                place -= 1;
            }
            if self.is_intact(vm) {
                self.copy(self.held.0, self.item(place), 1);
            }
            outcome?;
        }
        Ok(())
    }

    /// Whether the array still has the elements that are being sorted.
    #[inline(always)]
    fn is_intact(&self, _vm: &Vm) -> bool {
        let at = load(self.array.0);
        load(at + 4) == Value::small(self.length as i32).word() && !header::is_byte_array(load(at))
    }

    /// Merges two sorted runs that follow each other.
    ///
    /// Where the buffer is too small that makes smaller merges, of which one waits at every level. They wait on the tagged
    /// stack, not in frames of a recursion, which would take ten times as much of the machine's.
    fn merge(&mut self, vm: &mut Vm, mut start: u32, mut middle: u32, mut end: u32) -> Result<()> {
        let mut waiting = 0;
        loop {
            if let Some(split) = self.merge_or_split(vm, start, middle, end)? {
                self.put_off(vm, split.second, end)?;
                waiting += 1;
                (middle, end) = (split.first, split.meeting);
            } else if waiting != 0 {
                waiting -= 1;
                start = end;
                (middle, end) = self.take_up(vm);
            } else {
                return Ok(());
            }
        }
    }

    /// Keeps where the runs of a merge meet and end; they begin where what is merged until then ends. The window stays on top.
    fn put_off(&mut self, vm: &mut Vm, middle: u32, end: u32) -> Result<()> {
        let mut place = vm.push_words(2)?;
        if let Some(window) = &mut self.window {
            place = *window;
            *window = place.above(2);
        }
        store(place.0, Value::small(middle as i32).word());
        store(place.above(1).0, Value::small(end as i32).word());
        Ok(())
    }

    /// What was put off last.
    fn take_up(&mut self, vm: &mut Vm) -> (u32, u32) {
        let top = Slot(vm.mark().0 - 8);
        let place = match &mut self.window {
            Some(window) => {
                *window = Slot(window.0 - 8);
                *window
            }
            None => top,
        };
        vm.release(top);
        // Small integers that are not negative.
        (load(place.0) >> 1, load(place.above(1).0) >> 1)
    }

    /// Merges two runs if the buffer has room for one of them. Else exchanges a part of each, so that two merges are left to do.
    fn merge_or_split(&self, vm: &mut Vm, start: u32, middle: u32, end: u32) -> Result<Option<Split>> {
        let (left, right) = (middle - start, end - middle);
        if left == 0 || right == 0 || !self.before(vm, self.item(middle), self.item(middle - 1))? {
            return Ok(None);
        }
        if left <= right && left <= self.room {
            return self.merge_up(vm, start, middle, end).map(|()| None);
        }
        if right <= self.room {
            return self.merge_down(vm, start, middle, end).map(|()| None);
        }
        // Half of the longer run, and what of the other one comes before the same item, change places.
        let (first, second) = if left > right {
            let first = start + left / 2;
            (
                first,
                self.search(vm, middle, end, |sort, vm, i| sort.before(vm, sort.item(i), sort.item(first)))?,
            )
        } else {
            let second = middle + right / 2;
            let stays =
                |sort: &Sort, vm: &mut Vm, i| Ok(!sort.before(vm, sort.item(second), sort.item(i))?);
            (self.search(vm, start, middle, stays)?, second)
        };
        if first == middle && second == middle {
            return Ok(None);
        }
        self.reverse(first, middle);
        self.reverse(middle, second);
        self.reverse(first, second);
        Ok(Some(Split { first, meeting: first + (second - middle), second }))
    }

    /// The first item between two places that a condition does not hold for, which it does for all before.
    fn search(
        &self,
        vm: &mut Vm,
        mut low: u32,
        mut high: u32,
        holds: impl Fn(&Sort, &mut Vm, u32) -> Result<bool>,
    ) -> Result<u32> {
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(self, vm, middle)? {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    fn reverse(&self, mut low: u32, mut high: u32) {
        while low + 1 < high {
            high -= 1;
            for k in 0..self.stride {
                let (a, b) = (self.item(low) + 4 * k, self.item(high) + 4 * k);
                let word = load(a);
                store(a, load(b));
                store(b, word);
            }
            low += 1;
        }
    }

    /// Merges with the left run in the buffer.
    fn merge_up(&self, vm: &mut Vm, start: u32, middle: u32, end: u32) -> Result<()> {
        let count = middle - start;
        self.copy(self.item(start), self.buffered(0), count);
        let (mut i, mut right, mut to) = (0, middle, start);
        let mut outcome = Ok(());
        while i < count && right < end {
            match self.before(vm, self.item(right), self.buffered(i)) {
                Ok(true) => {
                    self.copy(self.item(right), self.item(to), 1);
                    right += 1;
                }
                Ok(false) => {
                    self.copy(self.buffered(i), self.item(to), 1);
                    i += 1;
                }
                Err(thrown) => {
                    outcome = Err(thrown);
                    break;
                }
            }
            to += 1;
        }
        // Also after an exception: no element may get lost.
        if self.is_intact(vm) {
            self.copy(self.buffered(i), self.item(to), count - i);
        }
        outcome
    }

    /// Merges with the right run in the buffer.
    fn merge_down(&self, vm: &mut Vm, start: u32, middle: u32, end: u32) -> Result<()> {
        let mut count = end - middle;
        self.copy(self.item(middle), self.buffered(0), count);
        let (mut left, mut to) = (middle, end);
        let mut outcome = Ok(());
        while count > 0 && left > start {
            match self.before(vm, self.buffered(count - 1), self.item(left - 1)) {
                Ok(true) => {
                    left -= 1;
                    self.copy(self.item(left), self.item(to - 1), 1);
                }
                Ok(false) => {
                    count -= 1;
                    self.copy(self.buffered(count), self.item(to - 1), 1);
                }
                Err(thrown) => {
                    outcome = Err(thrown);
                    break;
                }
            }
            to -= 1;
        }
        if self.is_intact(vm) {
            self.copy(self.buffered(0), self.item(to - count), count);
        }
        outcome
    }
}
