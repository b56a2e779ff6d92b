//! Control flow, compared with Cranelift's interpreter.

mod common;

use common::check;
use cranelift_codegen::data_value::DataValue;

fn i(x: i32) -> DataValue {
    DataValue::I32(x)
}

#[test]
fn recursion() {
    let text = "
        function %fib(i32) -> i32 system_v {
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
    check(text, &[("fib", &[i(0)]), ("fib", &[i(1)]), ("fib", &[i(15)])]);
}

#[test]
fn nested_loops() {
    let text = "
        function %nest(i32, i32) -> i32 system_v {
        block0(v0: i32, v1: i32):
            v2 = iconst.i32 0
            jump block1(v2, v2)
        block1(v3: i32, v4: i32):
            v5 = icmp slt v3, v0
            brif v5, block2(v2, v4), block5
        block2(v6: i32, v7: i32):
            v8 = icmp slt v6, v1
            brif v8, block3, block4
        block3:
            v9 = imul v3, v6
            v10 = bxor v7, v9
            v11 = iconst.i32 1
            v12 = iadd v6, v11
            v13 = iadd v10, v11
            jump block2(v12, v13)
        block4:
            v14 = iconst.i32 1
            v15 = iadd v3, v14
            jump block1(v15, v7)
        block5:
            return v4
        }";
    check(text, &[("nest", &[i(0), i(3)]), ("nest", &[i(7), i(5)]), ("nest", &[i(20), i(31)])]);
}

/// Parameters that change places on the back edge: a copy in sequence would lose one.
#[test]
fn swap_on_a_critical_edge() {
    let text = "
        function %swap(i32, i32, i32) -> i32, i32 system_v {
        block0(v0: i32, v1: i32, v2: i32):
            jump block1(v0, v1, v2)
        block1(v3: i32, v4: i32, v5: i32):
            v6 = iconst.i32 -1
            v7 = iadd v5, v6
            brif v7, block1(v4, v3, v7), block2(v4, v3)
        block2(v8: i32, v9: i32):
            return v8, v9
        }
        function %rotate(i32, i32, i32, i32) -> i32 system_v {
        block0(v0: i32, v1: i32, v2: i32, v3: i32):
            jump block1(v0, v1, v2, v3)
        block1(v4: i32, v5: i32, v6: i32, v7: i32):
            v8 = iconst.i32 -1
            v9 = iadd v7, v8
            v10 = iadd v4, v5
            brif v9, block1(v5, v6, v4, v9), block2
        block2:
            v11 = isub v10, v6
            return v11
        }";
    check(
        text,
        &[
            ("swap", &[i(5), i(9), i(1)]),
            ("swap", &[i(5), i(9), i(2)]),
            ("swap", &[i(5), i(9), i(7)]),
            ("rotate", &[i(1), i(20), i(300), i(1)]),
            ("rotate", &[i(1), i(20), i(300), i(5)]),
        ],
    );
}

/// A cycle with two entries, and one nested in the other with values that live across.
#[test]
fn irreducible_cycles() {
    let text = "
        function %two(i32, i32) -> i32 system_v {
        block0(v0: i32, v1: i32):
            v2 = iconst.i32 1
            v3 = band v0, v2
            brif v3, block1(v0), block2(v1, v0)
        block1(v4: i32):
            v5 = iconst.i32 3
            v6 = imul v4, v5
            v20 = iadd v6, v1
            jump block2(v20, v4)
        block2(v7: i32, v8: i32):
            v9 = iadd v7, v8
            v10 = iconst.i32 1000
            v11 = icmp ult v9, v10
            brif v11, block1(v9), block3
        block3:
            v12 = bxor v9, v8
            return v12
        }
        function %three(i32, i32) -> i32 system_v {
        block0(v0: i32, v1: i32):
            v2 = iconst.i32 0
            br_table v0, block1(v1, v2), [block2(v1, v2), block3(v1, v2), block4(v1, v2)]
        block1(v3: i32, v4: i32):
            v5 = iconst.i32 1
            v6 = iadd v4, v5
            brif v3, block2(v3, v6), block5(v6)
        block2(v7: i32, v8: i32):
            v9 = iconst.i32 -1
            v10 = iadd v7, v9
            v11 = iconst.i32 10
            v12 = iadd v8, v11
            v13 = iconst.i32 1
            v14 = band v10, v13
            brif v14, block3(v10, v12), block4(v10, v12)
        block3(v15: i32, v16: i32):
            v17 = iconst.i32 100
            v18 = iadd v16, v17
            brif v15, block1(v15, v18), block5(v18)
        block4(v19: i32, v20: i32):
            v21 = iconst.i32 1000
            v22 = iadd v20, v21
            v23 = iconst.i32 3
            v24 = icmp ugt v19, v23
            brif v24, block2(v19, v22), block1(v19, v22)
        block5(v25: i32):
            return v25
        }";
    let mut calls: Vec<(&str, Vec<DataValue>)> = Vec::new();
    for x in 0..6 {
        for y in 0..5 {
            calls.push(("two", vec![i(x), i(y)]));
            calls.push(("three", vec![i(x), i(y)]));
        }
    }
    // Others count down from 0, or stay there.
    calls.retain(|(name, args)| args[1] != i(0) && (*name == "three" || args[0] != i(0)));
    let calls: Vec<(&str, &[DataValue])> = calls.iter().map(|(name, args)| (*name, &args[..])).collect();
    check(text, &calls);
}

#[test]
fn tables() {
    let text = "
        function %switch(i32, i32) -> i32 system_v {
        block0(v0: i32, v1: i32):
            br_table v0, block4(v1), [block1, block2(v1), block3, block1, block4(v0), block4(v1)]
        block1:
            v2 = iconst.i32 11
            jump block4(v2)
        block2(v3: i32):
            v4 = iadd v3, v3
            brif v4, block4(v4), block3
        block3:
            v5 = iconst.i32 33
            return v5
        block4(v6: i32):
            v7 = iconst.i32 1
            v8 = ishl v6, v7
            return v8
        }
        function %machine(i32) -> i32 system_v {
        block0(v0: i32):
            v1 = iconst.i32 0
            jump block1(v1, v0, v1)
        block1(v2: i32, v3: i32, v4: i32):
            br_table v2, block5, [block2, block3, block4]
        block2:
            v5 = iconst.i32 1
            v6 = iadd v4, v3
            jump block1(v5, v3, v6)
        block3:
            v7 = iconst.i32 -1
            v8 = iadd v3, v7
            v9 = iconst.i32 2
            v10 = iconst.i32 7
            v11 = select v8, v9, v10
            jump block1(v11, v8, v4)
        block4:
            v12 = iconst.i32 0
            v13 = bnot v4
            jump block1(v12, v3, v13)
        block5:
            return v4
        }";
    for x in -1..8 {
        check(text, &[("switch", &[i(x), i(0)]), ("switch", &[i(x), i(21)])]);
    }
    check(text, &[("machine", &[i(1)]), ("machine", &[i(9)])]);
}

#[test]
fn diamonds() {
    let text = "
        function %early(i32, i32) -> i32 system_v {
        block0(v0: i32, v1: i32):
            brif v0, block1, block2
        block1:
            brif v1, block3(v0), block4
        block2:
            v2 = iconst.i32 5
            jump block3(v2)
        block3(v3: i32):
            v4 = iadd v3, v1
            return v4
        block4:
            v5 = iconst.i32 9
            return v5
        }
        function %max(i32, i32) -> i32 system_v {
        block0(v0: i32, v1: i32):
            v2 = icmp sgt v0, v1
            brif v2, block1(v0), block1(v1)
        block1(v3: i32):
            return v3
        }
        function %same(i32) -> i32 system_v {
        block0(v0: i32):
            v1 = iconst.i32 7
            brif v0, block1(v1), block1(v0)
        block1(v2: i32):
            v3 = iconst.i32 3
            v4 = icmp ult v2, v3
            brif v4, block2, block1(v0)
        block2:
            return v2
        }
        function %never(i32) -> i32 system_v {
        block0(v0: i32):
            brif v0, block1, block2
        block1:
            trap user1
        block2:
            trapz v0, user2
            return v0
        }";
    for x in [0, 1, 7] {
        for y in [0, 4] {
            check(text, &[("early", &[i(x), i(y)]), ("max", &[i(x), i(y)])]);
        }
    }
    check(text, &[("same", &[i(0)]), ("same", &[i(1)]), ("never", &[i(0)]), ("never", &[i(1)])]);
}

/// Chains of a thousand blocks: nothing may recurse to the depth of the program.
#[test]
fn deep_chains() {
    let count = 3000;
    let mut text =
        String::from("function %chain(i32) -> i32 system_v {\nblock0(v0: i32):\n    jump block1(v0)\n");
    for at in 1..=count {
        let value = at * 4;
        text += &format!(
            "block{at}(v{value}: i32):\n    v{0} = iconst.i32 {at}\n    v{1} = icmp eq v{value}, v{0}\n    v{2} = iadd v0, v{0}\n    brif v{1}, block{3}, block{4}(v{2})\n",
            value + 1,
            value + 2,
            value + 3,
            count + 2,
            at + 1
        );
    }
    text += &format!("block{}(v2: i32):\n    return v2\nblock{}:\n    return v0\n}}\n", count + 1, count + 2);
    check(&text, &[("chain", &[i(1)]), ("chain", &[i(0)]), ("chain", &[i(-7)])]);
}
