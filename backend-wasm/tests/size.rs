//! The size of what comes out: a change that makes code longer or shorter shows here.

mod common;

use common::{Running, body_sizes, unit_of};

/// Bytes of the body of the single function of a text, linked, as the linker sees it.
fn size(text: &str) -> usize {
    let module = Running::new(&unit_of(text), true).module;
    body_sizes(&module)[0]
}

const FIB: &str = "function %fib(i32) -> i32 system_v {
        sig0 = (i32) -> i32 system_v
        fn0 = %fib sig0
    block0(v0: i32):
        v1 = iconst.i32 2
        v2 = icmp slt v0, v1
        brif v2, block1, block2
    block1:
        return v0
    block2:
        v3 = iconst.i32 -1
        v4 = iadd v0, v3
        v5 = call fn0(v4)
        v6 = iconst.i32 -2
        v7 = iadd v0, v6
        v8 = call fn0(v7)
        v9 = iadd v5, v8
        return v9
    }";

/// A rotated loop with overflow checks, as a tagged integer sum has.
const SUM: &str = "function %sum(i32) -> i32 system_v {
    block0(v0: i32):
        v1 = iconst.i32 0
        v9 = icmp sgt v0, v1
        brif v9, block1(v1, v1), block3(v1)
    block1(v2: i32, v3: i32):
        v4, v5 = sadd_overflow v2, v3
        brif v5, block4, block2
    block2:
        v6 = iconst.i32 1
        v7 = iadd v3, v6
        v8 = icmp slt v7, v0
        brif v8, block1(v4, v7), block3(v4)
    block3(v10: i32):
        return v10
    block4:
        trap user1
    }";

const DOT: &str = "function %dot(i32, i32, i32) -> f64 system_v {
    block0(v0: i32, v1: i32, v2: i32):
        v3 = f64const 0.0
        v4 = iconst.i32 0
        jump block1(v3, v4)
    block1(v5: f64, v6: i32):
        v7 = icmp slt v6, v2
        brif v7, block2, block3
    block2:
        v8 = iconst.i32 3
        v9 = ishl v6, v8
        v10 = iadd v0, v9
        v11 = iadd v1, v9
        v12 = load.f64 v10+8
        v13 = load.f64 v11+8
        v14 = fmul v12, v13
        v15 = fadd v5, v14
        v16 = iconst.i32 1
        v17 = iadd v6, v16
        jump block1(v15, v17)
    block3:
        return v5
    }";

const MAX: &str = "function %max(i32, i32) -> i32 system_v {
    block0(v0: i32, v1: i32):
        v2 = icmp sgt v0, v1
        brif v2, block1(v0), block1(v1)
    block1(v3: i32):
        v4 = iconst.i32 3
        v5 = imul v3, v4
        return v5
    }";

/// A digit sum: division by a constant, which is to stay a division.
const DIGITS: &str = "function %digits(i32) -> i32 system_v {
    block0(v0: i32):
        v1 = iconst.i32 0
        jump block1(v0, v1)
    block1(v2: i32, v3: i32):
        v4 = iconst.i32 10
        v5 = srem v2, v4
        v6 = iadd v3, v5
        v7 = sdiv v2, v4
        brif v7, block1(v7, v6), block2
    block2:
        return v6
    }";

#[test]
fn sizes_are_kept() {
    let found = [FIB, SUM, DOT, MAX, DIGITS].map(size);
    assert_eq!(found, [28, 56, 57, 15, 34], "fib, sum, dot, max, digits");
}
