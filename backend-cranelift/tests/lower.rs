//! The lowering gives CLIF that Cranelift's verifier accepts, for 64-bit and 32-bit pointers, and that assembles.
use cranelift_codegen::ir::types;
use cranelift_codegen::isa::CallConv;
use cranelift_codegen::settings;
use jerboa_abi::builtins::NativeId;
use jerboa_backend_cranelift::lower::{ConstRef, ImageLayout, StackCheck, Target, lower};
use jerboa_backend_cranelift::{host, unit::Unit};
use jerboa_ir::{Const, FuncId, Inst, StrId, text, verify};

/// An image in which everything is somewhere.
struct AnyImage;

impl ImageLayout for AnyImage {
    fn constant(&self, constant: Const) -> ConstRef {
        match constant {
            Const::Str(s) => ConstRef::Offset(64 + 16 * s.0),
            Const::Number(n) => ConstRef::Word((n as i32 as u32) << 1 | 1),
            _ => ConstRef::Word(jerboa_abi::value::UNDEFINED),
        }
    }
    fn builtin(&self, index: u16) -> ConstRef {
        ConstRef::Offset(1024 + u32::from(index) * 12)
    }
    fn is_unused_builtin(&self, _: FuncId, _: Inst) -> bool {
        false
    }
    fn member(&self, _: FuncId, _: Inst) -> Option<ConstRef> {
        None
    }
    fn key(&self, key: StrId) -> u32 {
        key.0
    }
    fn string(&self, string: StrId) -> Option<u32> {
        Some(string.0)
    }
    fn shape(&self, _: &[StrId]) -> u32 {
        16
    }
    fn function(&self, function: FuncId) -> u32 {
        2048 + 20 * function.0
    }
    fn bytes(&self) -> &[u8] {
        &[0; 4096]
    }
    fn natives(&self) -> &[NativeId] {
        &[NativeId::ConsoleLog]
    }
}

const PROGRAM: &str = r#"file0 "a.js"
str0 "f"
str1 "x"
g0 val "shared"
g1 f64 "ratio"
g2 i32 "count"
entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 25
    v1 = val:call_direct fn1, v0 @f0:5:1
    v2 = new_object [str0 str1], v1, v1
    store_global g0, v2
    v3 = closure fn2, v1
    v4 = call v3, v2, v1, v2
    v5 = to_f64 v4
    store_global g1, v5
    v6 = builtin "console"
    v7 = call_method str0, v6, v1
    v8 = iconst 7
    v9 = i32:call_direct fn3, v8
    store_global g2, v9
    v10 = f64:call_direct fn4, v5
    v11 = box_f64 v10
    return v11
}
fn1 str0 (arg0 val) -> val length 1 constructor {
block0(v0: val):
    v1 = const_ 2
    v2 = lt v0, v1
    branch v2, block1, block2
block1:
    return v0
block2:
    v3 = const_ 1
    v4 = sub v0, v3
    v5 = val:call_direct fn1, v4
    v6 = sub v0, v1
    v7 = val:call_direct fn1, v6
    v8 = add v5, v7
    return v8
}
fn2 (callee val, this val, arg0 val, arg1 val) -> val length 2 captures 1 {
block0(v0: val, v1: val, v2: val, v3: val):
    v4 = load_capture #0, v0
    v5 = get_prop str1, v3
    exit block1, block5(v2)
block1:
    v6 = add v4, v5
    exit block2(v6), block5(v4)
block2(v7: val):
    v8 = to_bool v7
    branch v8, block3, block4
block3:
    throw v7, block5(v7)
block4:
    return v7
block5(v9: val):
    v10 = catch
    set_elem v9, v10, v2
    v11 = loose_eq v10, v9
    v12 = box_bool v11
    return v12
}
fn3 (arg0 i32) -> i32 length 1 {
block0(v0: i32):
    v1 = iconst 1
    v2 = isub_ovf v0, v1
    exit block1, block2(v0)
block1:
    v3 = i32:call_direct fn3, v2
    v4 = imul_ovf v3, v2
    exit block2(v4), block2(v1)
block2(v5: i32):
    return v5
}
fn4 (arg0 f64) -> f64 length 1 {
block0(v0: f64):
    v1 = fconst 0x3ff8000000000000
    v2 = fmul v0, v1
    v3 = fcmp lt, v2, v1
    branch v3, block1, block2
block1:
    return v2
block2:
    v4 = f64_to_i32 v2
    v5 = i32_to_f64 v4
    return v5
}
"#;

fn unit(pointer: cranelift_codegen::ir::Type, stack_check: StackCheck) -> Unit {
    let module = text::parse(PROGRAM).unwrap();
    verify::verify(&module).unwrap();
    lower(&module, &AnyImage, &Target { pointer, call_conv: CallConv::SystemV, stack_check, fuel: None })
        .unwrap()
}

#[test]
fn clif_is_valid() {
    let flags = settings::Flags::new(settings::builder());
    for (pointer, check) in [
        (types::I64, StackCheck::Facing { reserve: 65536, plain: 65536 }),
        (types::I32, StackCheck::Facing { reserve: 1024, plain: 1024 }),
        (types::I32, StackCheck::Limit),
    ] {
        let unit = unit(pointer, check);
        assert_eq!(unit.functions.len(), 5 + 2, "bodies and windowed entries");
        for body in &unit.functions {
            cranelift_codegen::verify_function(&body.func, &flags).unwrap_or_else(|e| {
                panic!(
                    "{}\n{}",
                    body.func.display(),
                    cranelift_codegen::print_errors::pretty_verifier_error(&body.func, None, e)
                )
            });
        }
    }
}

#[test]
fn host_object() {
    let unit = unit(types::I64, StackCheck::Facing { reserve: 65536, plain: 65536 });
    let object = host::emit_object(&unit, &target_lexicon::Triple::host()).unwrap();
    assert_eq!(&object[..4], b"\x7fELF");
    let again = host::emit_object(&unit, &target_lexicon::Triple::host()).unwrap();
    assert!(object == again, "the same input gives the same bytes");
    let listing = host::emit_asm(&unit, &target_lexicon::Triple::host()).unwrap();
    assert!(listing.contains("jf_1:"));
}

/// `fib` keeps two references across calls: the parameter across the first, the first result across the second. Nothing
/// else may take room on the tagged stack.
#[test]
fn roots_of_fib() {
    let module = text::parse(PROGRAM).unwrap();
    let unit = unit(types::I32, StackCheck::Facing { reserve: 1024, plain: 1024 });
    let fib = unit.functions.iter().find(|b| unit.symbol(b.symbol).name == "jf_1").unwrap();
    let text = fib.func.display().to_string();
    let slots: std::collections::BTreeSet<&str> = text
        .lines()
        .filter(|l| l.contains("store") && l.contains("v0"))
        .filter_map(|l| l.split("v0").nth(1))
        .collect();
    assert!(slots.len() <= 2, "{module:?}\n{text}");
}
