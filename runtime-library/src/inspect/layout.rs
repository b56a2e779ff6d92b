//! One line or many, and columns for long arrays.

use jerboa_rt::text;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Result, StringBuilder};

use super::value::push_spaces;
use super::{BREAK_LENGTH, COMPACT, Inspector, MAX_ARRAY_LENGTH};

/// The parts of an object's text.
#[derive(Clone, Copy)]
pub(super) struct Entries {
    /// The texts of elements and properties (an array).
    pub(super) list: Slot,
    /// What stands before the brace, or the empty string.
    pub(super) base: Slot,
    /// The opening brace, and what belongs to it.
    pub(super) open: Slot,
    /// The array, if it is one.
    pub(super) elements: Option<Slot>,
}

/// Between two entries in a row: a comma and a space.
const SEPARATOR: u32 = 2;

impl Inspector {
    /// Puts the text of an object in a slot. `depth` is the number of objects around its entries.
    pub(super) fn lay_out(&self, vm: &mut Vm, entries: Entries, depth: u32, to: Slot) -> Result<()> {
        let Entries { list, base, open, elements } = entries;
        let [rows] = vm.slots()?;
        vm.copy(list, rows);
        let mut grouped = false;
        if let Some(array) = elements
            && vm.array_length(list) > 6
        {
            grouped = self.group(vm, list, array, rows)?;
        }
        let one_line =
            self.current_depth - depth < COMPACT && !grouped && self.fits_one_line(vm, list, open, base)?;
        let mut text = StringBuilder::new(vm)?;
        if vm.get(base) != Value::EMPTY_STRING {
            text.push_string(vm, base)?;
            text.push(vm, b" ")?;
        }
        text.push_string(vm, open)?;
        let [row] = vm.slots()?;
        for i in 0..vm.array_length(rows) {
            if i != 0 {
                text.push(vm, b",")?;
            }
            self.push_break(vm, &mut text, one_line, 2)?;
            vm.array_get(rows, i).store(row);
            text.push_string(vm, row)?;
        }
        if vm.array_length(rows) == 0 {
            text.push(vm, b" ")?;
        }
        self.push_break(vm, &mut text, one_line, 0)?;
        text.push(vm, if elements.is_some() { b"]" } else { b"}" })?;
        text.finish(vm)?.store(to);
        Ok(())
    }

    /// A space, or a new line with so many more columns of indentation.
    fn push_break(&self, vm: &mut Vm, text: &mut StringBuilder, one_line: bool, more: u32) -> Result<()> {
        if one_line {
            return text.push(vm, b" ");
        }
        text.push(vm, b"\n")?;
        push_spaces(vm, text, self.indentation + more)
    }

    /// Whether the entries are short enough for one line and have no line breaks.
    fn fits_one_line(&self, vm: &mut Vm, list: Slot, open: Slot, base: Slot) -> Result<bool> {
        let mark = vm.mark();
        let [entry] = vm.slots()?;
        let count = vm.array_length(list);
        let start = count + self.indentation + vm.string_length(open)? + vm.string_length(base)? + 10;
        let mut total = count + start;
        let mut fits = total + count <= BREAK_LENGTH && !has_break(vm, base);
        for i in 0..count {
            if !fits {
                break;
            }
            vm.array_get(list, i).store(entry);
            total += vm.string_length(entry)?;
            fits = total <= BREAK_LENGTH && !has_break(vm, entry);
        }
        vm.release(mark);
        Ok(fits)
    }

    /// Arranges the entries of an array in columns of equal width; false if they are left as they are.
    fn group(&self, vm: &mut Vm, list: Slot, array: Slot, rows: Slot) -> Result<bool> {
        let all = vm.array_length(list);
        // The text about elements that are not shown has a row of its own.
        let count = if all > MAX_ARRAY_LENGTH { all - 1 } else { all };
        let width = |vm: &Vm, i: u32| width(&vm.array_get(list, i).text());
        let (mut total, mut longest) = (0, 0);
        for i in 0..count {
            let len = width(vm, i);
            total += len + SEPARATOR;
            longest = longest.max(len);
        }
        let widest = longest + SEPARATOR;
        if widest * 3 + self.indentation >= BREAK_LENGTH || total <= 5 * widest && longest > 6 {
            return Ok(false);
        }
        let bias = libm::sqrt(f64::from(widest) - f64::from(total) / f64::from(all));
        let biased = (f64::from(widest) - 3.0 - bias).max(1.0);
        // About a square, with characters two and a half times as high as wide.
        let square = jerboa_rt::number::math::round(libm::sqrt(2.5 * biased * f64::from(count)) / biased);
        let columns =
            (square as u32).min((BREAK_LENGTH - self.indentation) / widest).min(COMPACT * 4).min(15);
        if columns <= 1 {
            return Ok(false);
        }
        let typed = jerboa_rt::typed::typed_length(vm, array).is_some();
        let numbers = typed || (0..all).all(|i| vm.array_get(array, i).is_number());
        let mark = vm.mark();
        let [row, entry] = vm.slots()?;
        vm.new_array(0)?.store(rows);
        let mut first = 0;
        while first < count {
            let end = (first + columns).min(count);
            let inner = vm.mark();
            let mut text = StringBuilder::new(vm)?;
            for i in first..end {
                let column = (i - first..count).step_by(columns as usize);
                let column_width = column.map(|k| width(vm, k)).max().unwrap_or(0);
                let padding = column_width - width(vm, i);
                let last = i + 1 == end;
                if numbers {
                    push_spaces(vm, &mut text, padding)?;
                }
                vm.array_get(list, i).store(entry);
                text.push_string(vm, entry)?;
                if !last {
                    text.push(vm, b", ")?;
                    if !numbers {
                        push_spaces(vm, &mut text, padding)?;
                    }
                }
            }
            text.finish(vm)?.store(row);
            vm.array_push(rows, row)?;
            vm.release(inner);
            first = end;
        }
        if count != all {
            vm.array_get(list, count).store(entry);
            vm.array_push(rows, entry)?;
        }
        vm.release(mark);
        Ok(true)
    }
}

fn has_break(vm: &Vm, string: Slot) -> bool {
    vm.text(string).contains(&b'\n')
}

/// Columns that a text takes on a terminal.
fn width(string: &[u8]) -> u32 {
    let (mut rest, mut columns) = (string, 0);
    while let Some((code, len)) = text::decode(rest) {
        columns += match code {
            0..0x20 | 0x7f..0xa0 | 0x300..0x370 | 0x200b..0x2010 | 0x20d0..0x2100 | 0xfe00..0xfe10 => 0,
            0x1100..0x1160
            | 0x2e80..0x303f
            | 0x3041..0x3248
            | 0x3250..0x4dc0
            | 0x4e00..0xa4c7
            | 0xa960..0xa97d
            | 0xac00..0xd7a4
            | 0xf900..0xfb00
            | 0xfe10..0xfe1a
            | 0xfe30..0xfe6c
            | 0xff01..0xff61
            | 0xffe0..0xffe7
            | 0x1_b000..0x1_b002
            | 0x1_f200..0x1_f252
            | 0x1_f300..0x1_f650
            | 0x1_f680..0x1_f700
            | 0x1_f900..0x1_fa00
            | 0x2_0000..0x3_fffe => 2,
            _ => 1,
        };
        rest = rest.get(len..).unwrap_or_default();
    }
    columns
}
