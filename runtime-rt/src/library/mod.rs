//! Built-in functions, one file per global object. Each is a native ([`crate::native!`]) under its linker symbol, so that an image
//! carries only those that its table of natives names.

mod array;
mod math;

/// The code of every native, by [`jerboa_abi::builtins::NativeId`]: for hosts, which run any image.
#[cfg(feature = "all-natives")]
pub static NATIVES: &[crate::NativeFn] = {
    macro_rules! table {
        ($(($id:ident, $symbol:ident, $($rest:tt)*))*) => {
            &[$($symbol),*]
        };
    }
    use all::*;
    jerboa_abi::for_each_native!(table)
};

#[cfg(feature = "all-natives")]
mod all {
    pub use super::array::*;
    pub use super::math::*;
}
