//! Numeric functions under the names that compiled code calls.
//!
//! Targets without a floating point unit call these for operations that are single instructions elsewhere. The host's
//! C library has the first group already.

/// `x` as a 32-bit integer: truncated, clamped to the range, and 0 for NaN.
#[unsafe(no_mangle)]
pub extern "C" fn jrt_f64_to_i32_sat(x: f64) -> i32 {
    x as i32
}

/// `x` as an unsigned 32-bit integer: truncated, clamped to the range, and 0 for NaN.
#[unsafe(no_mangle)]
pub extern "C" fn jrt_f64_to_u32_sat(x: f64) -> u32 {
    x as u32
}

#[cfg(any(target_os = "none", target_arch = "wasm32"))]
mod math {
    macro_rules! from_libm {
        ($($name:ident($($arg:ident),+);)+) => {
            $(
                #[unsafe(no_mangle)]
                extern "C" fn $name($($arg: f64),+) -> f64 {
                    libm::$name($($arg),+)
                }
            )+
        };
    }

    from_libm! {
        sqrt(x);
        floor(x);
        ceil(x);
        trunc(x);
        rint(x);
        fmod(x, y);
    }
}
