//! `sort` and `toSorted`. Without a comparator the elements are sorted in place, by heapsort: equal elements can not be told
//! apart, so the order need not be stable.

use jerboa_abi::header::typed::Element;
use jerboa_rt::Result;
use jerboa_rt::typed::{load_bits, store_bits};
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;

use super::edit::copy_elements;
use super::require_this;
use crate::array::Subject;
use crate::array::sort::{require_comparator, sort};

jerboa_rt::native! {
    /// `array.sort(comparator)`
    fn jrt_n_typed_sort(vm, args) {
        let [comparator] = args.take(vm)?;
        require_comparator(vm, comparator)?;
        require_this(vm, args)?;
        sort_elements(vm, args.this(), comparator)?;
        Ok(vm.get(args.this()))
    }

    /// `array.toSorted(comparator)`
    fn jrt_n_typed_to_sorted(vm, args) {
        let [comparator] = args.take(vm)?;
        let [result] = vm.slots()?;
        require_comparator(vm, comparator)?;
        let element = require_this(vm, args)?;
        let length = vm.view_length(args.this());
        vm.new_typed_array(element, length)?.store(result);
        copy_elements(vm, args.this(), 0, result, 0, length)?;
        sort_elements(vm, result, comparator)?;
        Ok(vm.get(result))
    }
}

fn sort_elements(vm: &mut Vm, array: Slot, comparator: Slot) -> Result<()> {
    let Some(element) = vm.typed_array(array) else { return Ok(()) };
    let length = vm.view_length(array);
    if vm.get(comparator).is_undefined() {
        Heap { element, first: vm.view_bytes(array) }.sort(length);
        return Ok(());
    }
    // The comparator gets values, so those are what is sorted.
    let [list, value, index] = vm.slots()?;
    vm.new_array(length)?.store(list);
    for i in 0..length {
        Value::small(i as i32).store(index);
        vm.get_element(array, index)?.store(value);
        vm.array_push(list, value)?;
    }
    let copied = Subject::over(vm, list)?;
    sort(vm, copied, u64::from(length), comparator)?;
    for i in 0..length {
        vm.array_get(list, i).store(value);
        vm.write_element(array, i, value)?;
    }
    Ok(())
}

/// Elements from an address on.
#[derive(Clone, Copy)]
struct Heap {
    element: Element,
    first: u32,
}

impl Heap {
    fn at(self, i: u32) -> u32 {
        self.first + (i << self.element.shift())
    }

    /// A number that orders as the element does: -0 before 0, NaN last.
    fn rank(self, i: u32) -> u64 {
        let bits = load_bits(self.element, self.at(i));
        let (bits, sign, nan) = match self.element {
            Element::Int8 => return bits ^ 1 << 7,
            Element::Int16 => return bits ^ 1 << 15,
            Element::Int32 => return bits ^ 1 << 31,
            Element::Float32 => (bits, 1 << 31, 0x7f80_0000),
            Element::Float64 => (bits, 1 << 63, 0x7ff0_0000_0000_0000),
            _ => return bits,
        };
        let magnitude = bits & (sign - 1);
        if magnitude > nan {
            u64::MAX
        } else if bits & sign != 0 {
            sign - 1 - magnitude
        } else {
            sign | magnitude
        }
    }

    fn swap(self, a: u32, b: u32) {
        let (a, b) = (self.at(a), self.at(b));
        let bits = load_bits(self.element, a);
        store_bits(self.element, a, load_bits(self.element, b));
        store_bits(self.element, b, bits);
    }

    fn sift(self, mut parent: u32, end: u32) {
        loop {
            let mut child = 2 * parent + 1;
            if child >= end {
                return;
            }
            if child + 1 < end && self.rank(child) < self.rank(child + 1) {
                child += 1;
            }
            if self.rank(parent) >= self.rank(child) {
                return;
            }
            self.swap(parent, child);
            parent = child;
        }
    }

    fn sort(self, length: u32) {
        for parent in (0..length / 2).rev() {
            self.sift(parent, length);
        }
        for end in (1..length).rev() {
            self.swap(0, end);
            self.sift(0, end);
        }
    }
}
