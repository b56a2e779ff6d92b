//! Programs in the IR's text form to bytecode.
use jerboa_backend_bytecode::{ImageOptions, compile_image, disassemble};

fn listing(text: &str) -> String {
    let module = jerboa_ir::text::parse(text).expect("the module parses");
    let image = compile_image(&module, &ImageOptions { strip: true, ..Default::default() }).expect("it compiles");
    println!("{:?}", image.sizes);
    disassemble(&image.bytes).expect("the image is valid")
}

const FIB_TYPED: &str = "file0 \"fib.js\"
str0 \"fib\"
entry fn0
fn0 () -> val length 0 captures 0 {
block0:
    v0 = iconst 25
    v1 = call_direct v0, fn1
    v2 = const_ undefined
    return v2
}
fn1 str0 (arg0 i32) -> i32 length 1 captures 0 {
block0(v0: i32):
    v1 = iconst 2
    v2 = icmp v0, v1, slt
    branch v2, block1, block2
block1:
    return v0
block2:
    v3 = iconst 1
    v4 = isub v0, v3
    v5 = call_direct v4, fn1
    v6 = iconst 2
    v7 = isub v0, v6
    v8 = call_direct v7, fn1
    v9 = iadd v5, v8
    return v9
}
";

#[test]
fn fib_typed() {
    println!("{}", listing(FIB_TYPED));
}
