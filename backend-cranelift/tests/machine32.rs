//! End-to-end tests of the machine backends: CLIF compiled, linked and run in QEMU, against Cranelift's
//! interpreter.

#[path = "machine32/harness.rs"]
mod harness;

use harness::{Arg::*, Call, check};
use jerboa_backend_cranelift::machine32::Arch;

const SMALL: &str = "
function %fib(i32) -> i32 system_v {
    fn0 = colocated %fib(i32) -> i32 system_v
block0(v0: i32):
    v1 = iconst.i32 2
    v2 = icmp slt v0, v1
    brif v2, block1(v0), block2
block1(v3: i32):
    return v3
block2:
    v4 = iconst.i32 -1
    v5 = iadd v0, v4
    v6 = call fn0(v5)
    v7 = iconst.i32 -2
    v8 = iadd v0, v7
    v9 = call fn0(v8)
    v10 = iadd v6, v9
    return v10
}
function %sum(i32) -> i32 system_v {
block0(v0: i32):
    v1 = iconst.i32 0
    jump block1(v1, v1)
block1(v2: i32, v3: i32):
    v4 = icmp slt v2, v0
    brif v4, block2, block3
block2:
    v5 = iadd v3, v2
    v6 = iconst.i32 1
    v7 = iadd v2, v6
    jump block1(v7, v5)
block3:
    return v3
}
function %gcd(i32, i32) -> i32 system_v {
block0(v0: i32, v1: i32):
    jump block1(v0, v1)
block1(v2: i32, v3: i32):
    brif v3, block2, block3
block2:
    v4 = urem v2, v3
    jump block1(v3, v4)
block3:
    return v2
}
";

#[test]
fn small_functions() {
    let calls = [
        Call::new("fib", &[I32(15)]),
        Call::new("sum", &[I32(1000)]),
        Call::new("gcd", &[I32(1071), I32(462)]),
        Call::new("gcd", &[I32(17), I32(0)]),
    ];
    for arch in Arch::ALL {
        check(SMALL, &calls, arch, "small");
    }
}
