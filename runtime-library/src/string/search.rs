//! `includes`, `indexOf`, `lastIndexOf`, `startsWith`, `endsWith`, `localeCompare`.

use core::cmp::Ordering;

use crate::pattern::is_regexp;
use jerboa_rt::string::is_ascii;
use jerboa_rt::text;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result};

use super::{Places, clamped_index, receiver};

jerboa_rt::native! {
    /// `string.indexOf(pattern, from)`
    fn jrt_n_string_index_of(vm, args) {
        let found = find(vm, args)?;
        vm.integer(found.map_or(-1, i64::from))
    }

    /// `string.includes(pattern, from)`
    fn jrt_n_string_includes(vm, args) {
        refuse_regexp(vm, args)?;
        Ok(Value::bool(find(vm, args)?.is_some()))
    }

    /// `string.lastIndexOf(pattern, from)`
    fn jrt_n_string_last_index_of(vm, args) {
        let [pattern, from] = args.take(vm)?;
        let this = receiver(vm, args)?;
        vm.to_flat_string(pattern)?;
        let number = vm.to_number(from)?;
        let length = vm.string_length(this)?;
        let from = if number.is_nan() { length } else { jerboa_rt::number::clamp(number, f64::from(length)) as u32 };
        let found = {
            let (string, needle) = (vm.text(this), vm.text(pattern));
            if is_ascii(vm.get(this).word()) {
                text::rfind_bytes(string, needle, from as usize)
            } else {
                text::last_index_of(string, needle, from as usize)
            }
        };
        vm.integer(found.map_or(-1, |place| place as i64))
    }

    /// `string.startsWith(pattern, position)`
    fn jrt_n_string_starts_with(vm, args) {
        let [pattern, position] = args.take(vm)?;
        let this = receiver(vm, args)?;
        refuse_regexp(vm, args)?;
        vm.to_flat_string(pattern)?;
        let length = vm.string_length(this)?;
        let from = clamped_index(vm, position, length)?;
        let to = from.saturating_add(vm.string_length(pattern)?);
        Ok(Value::bool(to <= length && is_at(vm, this, pattern, from, to)?))
    }

    /// `string.endsWith(pattern, end)`
    fn jrt_n_string_ends_with(vm, args) {
        let [pattern, end] = args.take(vm)?;
        let this = receiver(vm, args)?;
        refuse_regexp(vm, args)?;
        vm.to_flat_string(pattern)?;
        let length = vm.string_length(this)?;
        let to = if vm.get(end).is_undefined() { length } else { clamped_index(vm, end, length)? };
        match to.checked_sub(vm.string_length(pattern)?) {
            Some(from) => Ok(Value::bool(is_at(vm, this, pattern, from, to)?)),
            None => Ok(Value::FALSE),
        }
    }

    /// `string.localeCompare(other)`: the order of the Unicode root collation for ASCII text; other characters come after it in
    /// the order of their code points.
    fn jrt_n_string_locale_compare(vm, args) {
        let [other] = args.take(vm)?;
        let this = receiver(vm, args)?;
        vm.to_flat_string(other)?;
        let order = collate(vm.text(this), vm.text(other));
        Ok(Value::small(order as i32))
    }
}

/// Refuses a regular expression as the first argument, where a later standard may give it a meaning.
fn refuse_regexp(vm: &mut Vm, args: Args) -> Result<()> {
    let found = match args.get(0) {
        Some(pattern) => is_regexp(vm, pattern)?,
        None => false,
    };
    if !found {
        return Ok(());
    }
    Err(vm.throw_error(
        ErrorKind::Type,
        &[
            Piece::Text("First argument to String.prototype."),
            Piece::Native(args.callee()),
            Piece::Text(" must not be a regular expression"),
        ],
    ))
}

/// The first place of the first argument, searched from the second.
fn find(vm: &mut Vm, args: Args) -> Result<Option<u32>> {
    let [pattern, from] = args.take(vm)?;
    let this = receiver(vm, args)?;
    vm.to_flat_string(pattern)?;
    let length = vm.string_length(this)?;
    let from = clamped_index(vm, from, length)?;
    // With a start of 0, or in ASCII text, places can be counted in bytes.
    let ascii = is_ascii(vm.get(this).word());
    let places = if ascii || from == 0 { Places::for_pattern(vm.text(pattern)) } else { Places::Units };
    let found = places.find(vm, this, pattern, from);
    Ok(found.map(|place| places.index(vm, this, place)))
}

/// Whether the pattern stands between two indices.
fn is_at(vm: &mut Vm, string: Slot, pattern: Slot, from: u32, to: u32) -> Result<bool> {
    if is_ascii(vm.get(string).word()) {
        let part = vm.text(string);
        return Ok(part.get(from as usize..to as usize) == Some(vm.text(pattern)));
    }
    let [part] = vm.slots()?;
    vm.substring(string, from, to)?.store(part);
    vm.strings_equal(part, pattern)
}

/// ASCII characters that are no letters, in the order of collation; control characters are ignored.
const SYMBOLS: &[u8] = b"\t\n\x0b\x0c\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789";

/// The primary weight of a code point, 0 for none; and whether it is an upper-case letter.
fn weight(code: u32) -> (u32, bool) {
    match code {
        0x61..=0x7a => (code, false),
        0x41..=0x5a => (code + 0x20, true),
        0x80.. => (code, false),
        _ => (
            SYMBOLS.iter().position(|&symbol| u32::from(symbol) == code).map_or(0, |place| place as u32 + 1),
            false,
        ),
    }
}

/// Compares by primary weights, and if those are equal lower case before upper case.
fn collate(a: &[u8], b: &[u8]) -> Ordering {
    let (mut a, mut b) = (a, b);
    let mut case = Ordering::Equal;
    loop {
        let (x, y) = (next_weight(&mut a), next_weight(&mut b));
        match (x, y) {
            (None, None) => return case,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some((x, x_upper)), Some((y, y_upper))) => {
                if x != y {
                    return x.cmp(&y);
                }
                case = case.then(x_upper.cmp(&y_upper));
            }
        }
    }
}

fn next_weight(text: &mut &[u8]) -> Option<(u32, bool)> {
    loop {
        let (code, len) = text::decode(text)?;
        *text = text.get(len..).unwrap_or_default();
        let (weight, upper) = weight(code);
        if weight != 0 {
            return Some((weight, upper));
        }
    }
}
