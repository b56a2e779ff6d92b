//! `String` and `String.prototype`, with strings as patterns.
//!
//! Indices are UTF-16 code units and the bytes are WTF-8: in ASCII text both are the same, and most methods have a short
//! way for that.

pub mod case;
pub mod construct;
pub mod pad;
pub mod part;
pub mod replace;
pub mod search;
pub mod split;

use jerboa_rt::string::is_ascii;
use jerboa_rt::text;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result};

/// What a string method works on: `this` as a flat string, in its own slot.
fn receiver(vm: &mut Vm, args: Args) -> Result<Slot> {
    let this = args.this();
    require_coercible(vm, this, Piece::Native(args.callee()))?;
    vm.to_flat_string(this)?;
    Ok(this)
}

/// Refuses undefined and null as `this` of a method.
#[inline(always)]
pub(crate) fn require_coercible(vm: &mut Vm, this: Slot, method: Piece<'_>) -> Result<()> {
    if !vm.get(this).is_nullish() {
        return Ok(());
    }
    Err(vm.throw_error(
        ErrorKind::Type,
        &[Piece::Text("String.prototype."), method, Piece::Text(" called on null or undefined")],
    ))
}

/// An argument as an index in 0 to `length`; what is out of range is moved into it.
fn clamped_index(vm: &mut Vm, argument: Slot, length: u32) -> Result<u32> {
    // In range, so the conversion is exact.
    Ok(jerboa_rt::number::clamp(vm.to_integer(argument)?, f64::from(length)) as u32)
}

/// How places in a string are counted while it is searched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Places {
    /// In bytes, which is as good as code units unless the pattern can match half of a surrogate pair.
    Bytes,
    /// In code units.
    Units,
}

impl Places {
    /// The fastest way for a pattern.
    fn for_pattern(pattern: &[u8]) -> Places {
        let starts_low = matches!(pattern, [0xed, 0xb0..=0xbf, ..]);
        let ends_high = matches!(pattern, [.., 0xed, 0xa0..=0xaf, _]);
        if starts_low || ends_high { Places::Units } else { Places::Bytes }
    }

    /// The first place of the pattern at or after `from`, in flat strings.
    fn find(self, vm: &Vm, string: Slot, pattern: Slot, from: u32) -> Option<u32> {
        let (string, pattern) = (vm.text(string), vm.text(pattern));
        let found = match self {
            Places::Bytes => text::find_bytes(string, pattern, from as usize),
            Places::Units => text::index_of(string, pattern, from as usize),
        };
        found.map(|place| place as u32)
    }

    /// The length of a flat string.
    fn length(self, vm: &mut Vm, string: Slot) -> Result<u32> {
        match self {
            Places::Bytes => Ok(vm.text(string).len() as u32),
            Places::Units => vm.string_length(string),
        }
    }

    /// The part of a flat string between two places.
    fn part(self, vm: &mut Vm, string: Slot, from: u32, to: u32) -> Result<Value<'_>> {
        match self {
            Places::Bytes => byte_part(vm, string, from as usize, to as usize),
            Places::Units => vm.substring(string, from, to),
        }
    }

    /// The UTF-16 index of a place.
    fn index(self, vm: &Vm, string: Slot, place: u32) -> u32 {
        if self == Places::Units || is_ascii(vm.get(string).word()) {
            return place;
        }
        text::unit_index(vm.text(string), place as usize) as u32
    }
}

/// The part of a flat string between two byte offsets at sequences' starts.
pub(crate) fn byte_part(vm: &mut Vm, string: Slot, from: usize, to: usize) -> Result<Value<'_>> {
    if from == 0 && to == vm.text(string).len() {
        return Ok(vm.get(string));
    }
    vm.build_string(to.saturating_sub(from), |vm, sink| {
        jerboa_rt::text::Sink::push(sink, vm.text(string).get(from..to).unwrap_or_default());
    })
}
