//! What the lowering asks of the image.
use jerboa_abi::builtins::NativeId;
use jerboa_ir::passes::shapes::Field;
use jerboa_ir::{Const, FuncId, Inst, SourceLoc, StrId};

/// A constant value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConstRef {
    /// A value word.
    Word(u32),
    /// An object in the image, at this byte offset.
    Offset(u32),
}

/// The image of a module, as its compiled code sees it.
pub trait ImageLayout {
    /// A constant of the module.
    fn constant(&self, constant: Const) -> ConstRef;
    /// A global built-in, by its number in `jerboa_abi::builtins::GLOBALS`.
    fn builtin(&self, index: u16) -> ConstRef;
    /// Whether nobody looks at the value of a `builtin` instruction, so that it is not in the image.
    fn is_unused_builtin(&self, function: FuncId, inst: Inst) -> bool;
    /// The built-in function that a `get_prop` always finds, if it is known.
    fn member(&self, function: FuncId, inst: Inst) -> Option<ConstRef>;
    /// Number of a property key in the image's constants; those that are array indices are integers there.
    fn key(&self, key: StrId) -> u32;
    /// Number of a string in the image's constants; `None` for a message text that was left out.
    fn string(&self, string: StrId) -> Option<u32>;
    /// Number of the shape of an object literal in the image.
    fn shape(&self, keys: &[StrId]) -> u32;
    /// Where an access of a constant key probably finds its property, with the shapes' ids.
    fn field(&self, _function: FuncId, _inst: Inst) -> Option<Field> {
        None
    }
    /// The id of the shape that the objects of a class have: see [`jerboa_ir::Op::HasClass`].
    fn class_shape(&self, _constructor: FuncId) -> u16 {
        u16::MAX
    }
    /// Byte offset of a function's descriptor, which is its closure if it captures nothing.
    fn function(&self, function: FuncId) -> u32;
    /// Whether functions keep their call sites in their frames: see [`jerboa_abi::entry::symbol::RUN_TRACED`].
    fn is_traced(&self) -> bool {
        false
    }
    /// Number of a call site, where they are kept.
    fn site(&self, _function: FuncId, _loc: SourceLoc) -> Option<u32> {
        None
    }
    /// The image.
    fn bytes(&self) -> &[u8];
    /// The native functions that it refers to, in order.
    fn natives(&self) -> &[NativeId];
}
