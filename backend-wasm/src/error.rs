//! What can go wrong when a unit becomes a WebAssembly object.

use cranelift_codegen::ir::Opcode;

/// Why [`emit_object`](crate::emit_object) refused a unit.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The function is not valid CLIF for a target with 32-bit pointers.
    #[error("function `{function}` is not valid CLIF: {message}")]
    Invalid {
        /// The function's symbol name.
        function: String,
        /// What the verifier or the mid-end said.
        message: String,
    },
    /// WebAssembly has no equivalent for an instruction that the unit uses.
    #[error("function `{function}`: `{opcode}` on {ty} has no WebAssembly lowering")]
    Unsupported {
        /// The function's symbol name.
        function: String,
        /// The instruction's opcode.
        opcode: Opcode,
        /// The controlling type.
        ty: String,
    },
    /// A type that WebAssembly cannot hold in a local (`i128`, vectors, `f16`, `f128`).
    #[error("`{function}`: type {ty} has no WebAssembly equivalent")]
    UnsupportedType {
        /// The symbol name of the function, defined or imported.
        function: String,
        /// The type.
        ty: String,
    },
    /// A reference to something that is not a symbol of the unit.
    #[error("function `{function}` refers to {reference}, which is not a symbol of the unit")]
    UnknownSymbol {
        /// The function's symbol name.
        function: String,
        /// The reference as CLIF prints it.
        reference: String,
    },
    /// A body or a datum whose symbol is of the other kind, is an import, or is defined twice.
    #[error("symbol `{symbol}` cannot be defined here: {reason}")]
    Definition {
        /// The symbol's name.
        symbol: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// A relocation that the object format cannot express.
    #[error("data `{symbol}`: relocation at offset {offset} {reason}")]
    Relocation {
        /// The datum's symbol name.
        symbol: String,
        /// Byte offset in the datum.
        offset: u32,
        /// What is wrong.
        reason: &'static str,
    },
}
