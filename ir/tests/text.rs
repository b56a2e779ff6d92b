//! The text form round-trips and the verifier refuses what it should.
use jerboa_ir::text::{parse, print};
use jerboa_ir::verify::verify;

const FIB: &str = r#"file0 "fib.js"
str0 "fib"
str1 "a\"\\\xc3\xa9"
g0 val "counter"
g1 i32 "n"
entry fn0
fn0 () -> val length 0 @f0:1:1 {
block0:
    v0 = iconst -25
    store_global g1, v0
    v1 = val:call_direct fn1, v0 @f0:5:1
    v2 = new_object [str0 str1], v1, v1
    v3 = const_ undefined
    return v3
}
fn1 str0 (arg0 i32) -> val length 1 constructor @f0:1:1 {
block0(v0: i32):
    v1 = iconst 2
    v2 = icmp slt, v0, v1 @f0:2:7
    branch v2, block1(v0), block2 @f0:2:3
block1(v3: i32):
    v4 = box_i32 v3
    return v4
block2:
    v5 = isub_ovf v0, v1
    exit block3, block4
block3:
    v6 = val:call_direct fn1, v5
    exit block5, block4
block4:
    unreachable
block5:
    v7 = add v6, v6
    throw v7
}
text fn1 f0:3:10 str1
"#;

#[test]
fn round_trip() {
    let module = parse(FIB).unwrap();
    assert_eq!(print(&module), FIB);
    verify(&module).unwrap();
}

#[test]
fn verifier_refuses() {
    let cases = [
        ("return v4", "return v0", "result type"),
        ("v7 = add v6, v6", "v7 = add v6, v0", "is no val"),
        ("exit block3, block4", "jump block3", "without `exit`"),
        ("branch v2, block1(v0), block2", "branch v2, block1, block2", "passes 0 arguments"),
        ("    v6 = val:call_direct fn1, v5\n", "    v6 = val:call_direct fn1, v4\n", "is no i32"),
        ("    return v4\n", "    return v7\n", "not defined"),
    ];
    for (from, to, message) in cases {
        let text = FIB.replace(from, to);
        assert_ne!(text, FIB, "{from}");
        let error = verify(&parse(&text).unwrap()).unwrap_err().to_string();
        assert!(error.contains(message), "{from} -> {to}: {error}");
    }
}

#[test]
fn overflowed_result_is_not_used_on_the_exit_edge() {
    let text = FIB
        .replace("block4:\n    unreachable", "block4:\n    v9 = box_i32 v5\n    return v9")
        .replace("exit block5, block4", "jump block5");
    let error = verify(&parse(&text).unwrap()).unwrap_err().to_string();
    assert!(error.contains("v5 is used in block4"), "{error}");
}

#[test]
fn parser_reports_the_line() {
    let error = parse("entry fn0\nnonsense").unwrap_err();
    assert_eq!(error.line, 2);
}
