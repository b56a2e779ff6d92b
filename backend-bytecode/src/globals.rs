//! Places of module variables: tagged ones in one array, unboxed ones in another.
use jerboa_ir::{GlobalId, Module, Type};

/// Where a module variable is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GlobalPlace {
    /// Index among the value words.
    Tagged(u32),
    /// First word among the unboxed words.
    Raw(u32),
}

/// The places of all module variables, in order.
pub fn places(module: &Module) -> Vec<GlobalPlace> {
    let (mut tagged, mut raw) = (0, 0);
    module
        .globals
        .iter()
        .map(|global| {
            let (next, words) = match global.ty {
                Type::Val => (&mut tagged, 1),
                Type::I32 | Type::Bool => (&mut raw, 1),
                Type::F64 => (&mut raw, 2),
            };
            let at = *next;
            *next += words;
            if global.ty == Type::Val { GlobalPlace::Tagged(at) } else { GlobalPlace::Raw(at) }
        })
        .collect()
}

/// Number of tagged variables and of unboxed words.
pub fn counts(module: &Module) -> (u32, u32) {
    module.globals.iter().fold((0, 0), |(tagged, raw), global| match global.ty {
        Type::Val => (tagged + 1, raw),
        Type::I32 | Type::Bool => (tagged, raw + 1),
        Type::F64 => (tagged, raw + 2),
    })
}

/// The place of one module variable.
pub fn place(module: &Module, global: GlobalId) -> GlobalPlace {
    places(module)[global.index()]
}
