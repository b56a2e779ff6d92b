//! One compilation unit in CLIF: what the lowering of the IR produces and every native emitter consumes.
//!
//! The emitters are `host` (Cranelift's ISAs through `cranelift-object`), `machine32` (our Thumb-2 and RV32
//! backends) and the crate `jerboa-backend-wasm`. A function refers to a symbol by
//! `ExternalName::User` with namespace 0 and the [`SymbolId`] as the index, so no emitter needs a name
//! table besides [`Unit::symbols`].

use cranelift_codegen::ir;
use std::fmt;

/// Index of a [`Symbol`] in [`Unit::symbols`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SymbolId(pub u32);

impl fmt::Display for SymbolId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sym{}", self.0)
    }
}

/// Who can see a symbol.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Linkage {
    /// Defined elsewhere (the runtime).
    Import,
    /// Defined here, seen by the linker.
    Export,
    /// Defined here, not seen outside.
    Local,
}

/// What a symbol names.
#[derive(Clone, PartialEq, Debug)]
pub enum SymbolKind {
    /// Code, with its signature.
    Function(ir::Signature),
    /// Bytes.
    Data,
}

/// A linker symbol.
#[derive(Clone, PartialEq, Debug)]
pub struct Symbol {
    /// The name as the linker sees it.
    pub name: String,
    /// Function or data.
    pub kind: SymbolKind,
    /// Where it is defined and who sees it.
    pub linkage: Linkage,
}

/// A function body.
#[derive(Clone, Debug)]
pub struct Body {
    /// The symbol that it defines.
    pub symbol: SymbolId,
    /// The code. Pointer type and signature follow the target for which the unit was made.
    pub func: ir::Function,
}

/// A pointer inside a [`Data`]: the target's word at `offset` becomes the address of `target` plus `addend`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DataReloc {
    /// Byte offset in the data.
    pub offset: u32,
    /// The symbol whose address is wanted. A function's address carries the Thumb bit on Arm, and is a table
    /// index in WebAssembly.
    pub target: SymbolId,
    /// Added to the address, in bytes.
    pub addend: i32,
}

/// Bytes with a symbol, each in a section of its own so that the linker can drop it.
#[derive(Clone, Debug)]
pub struct Data {
    /// The symbol that it defines.
    pub symbol: SymbolId,
    /// In bytes, a power of two.
    pub align: u32,
    /// The contents.
    pub bytes: Vec<u8>,
    /// Pointers in the contents.
    pub relocs: Vec<DataReloc>,
    /// Whether the program writes to it (it then lies in RAM).
    pub writable: bool,
}

/// A compilation unit.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// All symbols, defined and imported.
    pub symbols: Vec<Symbol>,
    /// The functions defined here.
    pub functions: Vec<Body>,
    /// The data defined here.
    pub data: Vec<Data>,
}

impl Unit {
    /// Adds a symbol and returns its id.
    pub fn declare(&mut self, name: impl Into<String>, kind: SymbolKind, linkage: Linkage) -> SymbolId {
        let id = SymbolId(u32::try_from(self.symbols.len()).expect("fewer than 2^32 symbols"));
        self.symbols.push(Symbol { name: name.into(), kind, linkage });
        id
    }

    /// The symbol of an id.
    pub fn symbol(&self, id: SymbolId) -> &Symbol {
        &self.symbols[id.0 as usize]
    }
}
