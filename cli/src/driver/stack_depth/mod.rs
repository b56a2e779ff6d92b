//! How much machine stack the runtime needs below compiled code, found out from a linked image.
//!
//! The machine stack of compiled code faces the tagged stack. A compiled function asks when it begins whether as many bytes are
//! left between them as the runtime may take before somebody asks again, and so does the runtime when it takes words
//! of the tagged stack or calls back into the program. How many that are differs from image to image: one that only prints integers has no deep
//! chain of calls. So the frames of all functions and their calls are read from the machine code, and the deepest chain is computed.
//!
//! What code does not say is known about the runtime:
//!
//! * Compiled functions ask, except those that call no other; see `check_stack` in `backend-cranelift/src/lower/function.rs`.
//! * Natives are called by `invoke_native`: compiled code calls that, and others by way of `Vm::enter`, which asks.
//! * What turns doubles to text and texts to numbers is entered only where [`check_room_for_digits`] has asked for it.
//! * Other indirect calls are to closures, hooks and the like: any function whose address is taken.
//!
//! Where there is recursion, chains end at functions that ask before they call anything else, and others begin there. Where there
//! is recursion still, or code that is not understood, nothing is known, and the figures stay that are right for any image. Only
//! Thumb code is read so far.
//!
//! [`check_room_for_digits`]: jerboa_rt::Vm::check_room_for_digits

mod graph;
mod thumb;

use std::fs;
use std::path::Path;

use object::{Architecture, Object};

use super::link::Reserve;
use super::{Error, Result};

/// The reserve that compiled code of a linked image needs, if it is known.
pub fn of_image(path: &Path) -> Result<Option<Reserve>> {
    let bytes = fs::read(path).map_err(Error::io(path))?;
    let file = object::File::parse(&*bytes)
        .map_err(|e| Error::BadImage { path: path.to_owned(), reason: e.to_string() })?;
    if file.architecture() != Architecture::Arm {
        return Ok(None);
    }
    Ok(thumb::program(&file).and_then(|program| graph::reserve(&program)))
}

/// The functions of an image.
#[derive(Debug, Default)]
struct Program {
    functions: Vec<Function>,
    /// Functions whose address is somewhere, by their numbers.
    taken: Vec<usize>,
}

/// What is known of the code of a function.
#[derive(Debug, Default)]
struct Function {
    /// Of one address there may be several.
    names: Vec<String>,
    /// Bytes by which it moves the stack pointer, all places together.
    frame: u32,
    /// Functions that it calls.
    calls: Vec<usize>,
    /// Functions that it ends in, with its frame gone.
    tail_calls: Vec<usize>,
    /// It calls addresses.
    calls_indirectly: bool,
    /// It does something that is not understood with its stack.
    is_opaque: bool,
}

impl Function {
    fn is_named(&self, holds: impl Fn(&str) -> bool) -> bool {
        self.names.iter().any(|name| holds(name))
    }
}
