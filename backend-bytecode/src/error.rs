//! What can go wrong.
use jerboa_ir::FuncId;

/// Variables that a closure can capture: its words, less one for its properties.
pub const MAX_CAPTURES: u32 = jerboa_abi::header::closure::WORDS_MASK - 1;

/// Why a module can not be made into an image.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
    /// The module has no entry function.
    #[error("the module has no entry function")]
    NoEntry,
    /// A built-in number that is not in the table.
    #[error("there is no built-in number {0}")]
    UnknownBuiltin(u16),
    /// A 16-bit table is full.
    #[error("the program has too many {0} for one image")]
    TooMany(&'static str),
    /// The image's tables are beyond the reach of their offsets.
    #[error("the program is too large for one image")]
    TooLarge,
    /// Jumps in the function do not reach.
    #[error("function {0} is too large for bytecode: its jumps span more than 32 kB; split it")]
    FunctionTooLarge(FuncId),
    /// A function that is called through a value has unboxed parameters or result.
    #[error("{0} is called through a value but has an unboxed signature")]
    TypedValueFunction(FuncId),
    /// A closure has no room for so many captured variables.
    #[error("function {0} captures more than {max} variables; put some of them into an object", max = MAX_CAPTURES)]
    TooManyCaptures(FuncId),
    /// The IR breaks an invariant.
    #[error("{0}: {1}")]
    InvalidIr(FuncId, &'static str),
    /// Not an image, or not an intact one.
    #[error("not a valid image: {0}")]
    InvalidImage(&'static str),
}
