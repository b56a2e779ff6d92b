//! The text that the console shows for a value: Node's `util.inspect` with its default options.
//!
//! * [`value`]: primitives and the parts of objects; what is circular.
//! * [`object`]: what is shown of each kind of object.
//! * [`buffer`]: array buffers and `DataView`s.
//! * [`layout`]: lines and columns.
//! * [`name`]: constructors' names. [`quote`]: strings.

mod buffer;
mod error;
mod layout;
mod name;
mod object;
mod quote;
mod value;

use jerboa_rt::Result;
use jerboa_rt::value::Slot;
use jerboa_rt::vm::Vm;

/// Columns that a line may take.
const BREAK_LENGTH: u32 = 80;
/// Elements of an array that are shown.
const MAX_ARRAY_LENGTH: u32 = 100;
/// Code units of a string that are shown.
const MAX_STRING_LENGTH: u32 = 10_000;
/// Nested objects that may share a line.
const COMPACT: u32 = 3;

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    /// Levels of nested objects.
    pub(super) depth: u32,
    /// Properties that are not enumerable too.
    pub(super) hidden: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { depth: 2, hidden: false }
    }
}

/// The state of an inspection.
struct Inspector {
    options: Options,
    /// Columns that lines inside the current part are indented by.
    indentation: u32,
    /// The level of the object that was formatted last.
    current_depth: u32,
    /// The objects that the current one is inside of (an array).
    seen: Slot,
    /// The objects that refer to themselves, in the order of their numbers (an array).
    circular: Slot,
}

/// Puts the text of a value in a slot, as a flat string.
pub(super) fn inspect(vm: &mut Vm, value: Slot, options: Options, to: Slot) -> Result<()> {
    let mark = vm.mark();
    let [seen, circular] = vm.slots()?;
    if vm.get(value).is_object() {
        vm.new_array(0)?.store(seen);
        vm.new_array(0)?.store(circular);
    }
    let mut inspector = Inspector { options, indentation: 0, current_depth: 0, seen, circular };
    inspector.format_value(vm, value, 0, to)?;
    vm.release(mark);
    Ok(())
}
