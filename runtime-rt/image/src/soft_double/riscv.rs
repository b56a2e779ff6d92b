//! On RISC-V: in little more than half the code of the generic routines.

use jerboa_rt::number::soft;

#[unsafe(no_mangle)]
extern "C" fn __adddf3(a: u64, b: u64) -> u64 {
    soft::sum(a, b)
}

#[unsafe(no_mangle)]
extern "C" fn __subdf3(a: u64, b: u64) -> u64 {
    soft::sum(a, b ^ 1 << 63)
}

#[unsafe(no_mangle)]
extern "C" fn __muldf3(a: u64, b: u64) -> u64 {
    soft::mul(a, b)
}

#[unsafe(no_mangle)]
extern "C" fn __divdf3(a: u64, b: u64) -> u64 {
    soft::div(a, b)
}
