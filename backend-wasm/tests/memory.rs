//! Memory, data, calls and linking: what Cranelift's interpreter has no view of, with expected values by hand.

mod common;

use common::{Running, add_functions, link, object_of, unit_of};
use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::{AbiParam, Signature, types};
use cranelift_codegen::isa::CallConv;
use jerboa_backend_cranelift::unit::{Data, DataReloc, Linkage, SymbolKind, Unit};
use jerboa_backend_wasm::{Error, Options, emit_object};

fn i(x: i32) -> DataValue {
    DataValue::I32(x)
}

fn signature(params: usize, returns: usize) -> Signature {
    let mut signature = Signature::new(CallConv::SystemV);
    signature.params.extend((0..params).map(|_| AbiParam::new(types::I32)));
    signature.returns.extend((0..returns).map(|_| AbiParam::new(types::I32)));
    signature
}

fn data(
    unit: &mut Unit,
    name: &str,
    bytes: &[u8],
    writable: bool,
) -> jerboa_backend_cranelift::unit::SymbolId {
    let symbol = unit.declare(name, SymbolKind::Data, Linkage::Local);
    unit.data.push(Data { symbol, align: 8, bytes: bytes.to_vec(), relocs: Vec::new(), writable });
    symbol
}

#[test]
fn loads_and_stores_of_all_widths() {
    let mut unit = Unit::default();
    data(&mut unit, "cell", &[0; 32], true);
    let mut text = String::new();
    for (name, store, load, ty) in [
        ("u8", "istore8.i32", "uload8.i32", "i32"),
        ("s8", "istore8.i32", "sload8.i32", "i32"),
        ("u16", "istore16.i32", "uload16.i32", "i32"),
        ("s16", "istore16.i32", "sload16.i32", "i32"),
        ("w32", "store.i32", "load.i32", "i32"),
    ] {
        text += &format!(
            "function %{name}({ty}) -> {ty} system_v {{
                gv0 = symbol %cell
            block0(v0: {ty}):
                v1 = symbol_value.i32 gv0
                v2 = iconst.i32 20
                v3 = iadd v1, v2
                {store} v0, v3-4
                v4 = {load} v1+16
                return v4
            }}\n"
        );
    }
    for (name, store, load) in [
        ("l8", "istore8", "sload8.i64"),
        ("l16", "istore16", "uload16.i64"),
        ("l32", "istore32", "sload32.i64"),
        ("l64", "store", "load.i64"),
    ] {
        text += &format!(
            "function %{name}(i64) -> i64 system_v {{
                gv0 = symbol %cell
            block0(v0: i64):
                v1 = symbol_value.i32 gv0
                {store} v0, v1+24
                v4 = {load} v1+24
                return v4
            }}\n"
        );
    }
    text += "function %narrow(i32) -> i32 system_v {
            gv0 = symbol %cell
        block0(v0: i32):
            v1 = symbol_value.i32 gv0
            v2 = ireduce.i8 v0
            v3 = iconst.i8 1
            v4 = iadd v2, v3
            store v4, v1
            v5 = load.i8 v1
            v6 = sextend.i32 v5
            v7 = ireduce.i16 v0
            store v7, v1+2
            v8 = load.i16 v1+2
            v9 = uextend.i32 v8
            v10 = imul v6, v9
            return v10
        }";
    add_functions(&mut unit, &cranelift_reader::parse_functions(&text).expect("text is right"));
    for optimize in [false, true] {
        let mut running = Running::new(&unit, optimize);
        let mut call = |name: &str, x: i32| running.call(name, &[i(x)]).map(|r| r[0] as i32);
        assert_eq!(call("u8", 0x1_80), Some(0x80));
        assert_eq!(call("s8", 0x1_80), Some(-128));
        assert_eq!(call("u16", 0x1_8000), Some(0x8000));
        assert_eq!(call("s16", 0x1_8000), Some(-32768));
        assert_eq!(call("w32", -5), Some(-5));
        assert_eq!(call("narrow", 0x1_2ff), Some(0));
        assert_eq!(call("narrow", 0x1_027f), Some(-128 * 0x27f));
        let mut call = |name: &str, x: i64| running.call(name, &[DataValue::I64(x)]).map(|r| r[0] as i64);
        assert_eq!(call("l8", 0x1_80), Some(-128));
        assert_eq!(call("l16", -1), Some(0xffff));
        assert_eq!(call("l32", 0x1_8000_0000), Some(-0x8000_0000));
        assert_eq!(call("l64", i64::MIN + 7), Some(i64::MIN + 7));
    }
}

/// Frames in linear memory nest, and the stack pointer comes back.
#[test]
fn stack_slots() {
    let text = "
        function %sum(i32, i32) -> i32 system_v {
            ss0 = explicit_slot 8
            ss1 = explicit_slot 4
            sig0 = (i32) system_v
            fn0 = %fill sig0
        block0(v0: i32, v1: i32):
            v2 = stack_addr.i32 ss0
            store v0, v2
            v3 = stack_addr.i32 ss0+4
            store v1, v3
            v4 = stack_addr.i32 ss1
            call fn0(v4)
            v5 = load.i32 v2
            v6 = load.i32 v2+4
            v7 = load.i32 v4
            v8 = iadd v5, v6
            brif v8, block1, block2
        block1:
            v9 = iadd v8, v7
            return v9
        block2:
            return v7
        }
        function %fill(i32) system_v {
            ss0 = explicit_slot 4, align = 16
        block0(v0: i32):
            v1 = iconst.i32 1000
            v2 = stack_addr.i32 ss0
            store v1, v2
            v3 = load.i32 v2
            store v3, v0
            return
        }";
    for optimize in [false, true] {
        let mut running = Running::new(&unit_of(text), optimize);
        for _ in 0..100_000 {
            assert_eq!(running.call("sum", &[i(3), i(4)]), Some(vec![1007]));
        }
        assert_eq!(running.call("sum", &[i(3), i(-3)]), Some(vec![1000]));
    }
}

/// A table of functions in data, calls through it, and addresses of functions and data.
#[test]
fn tables_of_functions() {
    let text = "
        function %add(i32, i32) -> i32, i32 system_v {
        block0(v0: i32, v1: i32):
            v2 = iadd v0, v1
            return v2, v0
        }
        function %mul(i32, i32) -> i32, i32 system_v {
        block0(v0: i32, v1: i32):
            v2 = imul v0, v1
            return v2, v1
        }
        function %through(i32, i32, i32) -> i32 system_v {
            gv0 = symbol %table
            sig0 = (i32, i32) -> i32, i32 system_v
        block0(v0: i32, v1: i32, v2: i32):
            v3 = symbol_value.i32 gv0
            v4 = load.i32 v3+4
            v5 = iconst.i32 2
            v6 = ishl v0, v5
            v7 = iadd v4, v6
            v8 = load.i32 v7
            v9, v10 = call_indirect.i32 sig0, v8(v1, v2)
            v11 = iconst.i32 1000
            v12 = imul v10, v11
            v13 = iadd v9, v12
            return v13
        }
        function %direct(i32, i32) -> i32 system_v {
            sig0 = (i32, i32) -> i32, i32 system_v
            fn0 = %mul sig0
        block0(v0: i32, v1: i32):
            v2 = func_addr.i32 fn0
            v3, v4 = call_indirect.i32 sig0, v2(v0, v1)
            v5, v6 = call fn0(v3, v4)
            return v5
        }";
    let mut unit = Unit::default();
    let table = data(&mut unit, "table", &[0; 16], false);
    add_functions(&mut unit, &cranelift_reader::parse_functions(text).expect("text is right"));
    let relocs = [(4, "table", 8), (8, "add", 0), (12, "mul", 0)];
    unit.data[0].relocs = relocs
        .iter()
        .map(|&(offset, name, addend)| DataReloc {
            offset,
            target: common::find(&unit, name).expect("known"),
            addend,
        })
        .collect();
    assert_eq!(unit.data[0].symbol, table);
    for optimize in [false, true] {
        let mut running = Running::new(&unit, optimize);
        assert_eq!(running.call("through", &[i(0), i(6), i(7)]), Some(vec![6013]));
        assert_eq!(running.call("through", &[i(1), i(6), i(7)]), Some(vec![7042]));
        assert_eq!(running.call("direct", &[i(3), i(5)]), Some(vec![75]));
        // Index 0 of the function table is null.
        assert_eq!(running.call("through", &[i(-1), i(3), i(5)]), None);
    }
}

/// Two objects that call each other and share data; what nothing needs is dropped.
#[test]
fn linking_two_objects() {
    let first = "
        function %start(i32) -> i32 system_v {
            gv0 = symbol %shared
            sig0 = (i32) -> i32 system_v
            fn0 = %twice sig0
        block0(v0: i32):
            v1 = call fn0(v0)
            v2 = symbol_value.i32 gv0
            v3 = load.i32 v2
            v4 = iadd v1, v3
            return v4
        }";
    let second = "
        function %twice(i32) -> i32 system_v {
        block0(v0: i32):
            v1 = iadd v0, v0
            return v1
        }
        function %unused(i32) -> i32 system_v {
            gv0 = symbol %ballast
        block0(v0: i32):
            v1 = symbol_value.i32 gv0
            return v1
        }";
    let mut second_unit = Unit::default();
    let ballast = second_unit.declare("ballast", SymbolKind::Data, Linkage::Local);
    second_unit.data.push(Data {
        symbol: ballast,
        align: 1,
        bytes: vec![0xaa; 5000],
        relocs: Vec::new(),
        writable: false,
    });
    let shared = second_unit.declare("shared", SymbolKind::Data, Linkage::Export);
    second_unit.data.push(Data {
        symbol: shared,
        align: 4,
        bytes: vec![100, 0, 0, 0],
        relocs: Vec::new(),
        writable: true,
    });
    add_functions(&mut second_unit, &cranelift_reader::parse_functions(second).expect("text is right"));
    let options = Options::default();
    let library = emit_object(&second_unit, &options).expect("it is supported");
    let module = link(&[&object_of(&unit_of(first), true), &library], &["--gc-sections"]);
    assert!(!module.windows(8).any(|bytes| bytes == [0xaa; 8]), "the ballast is dropped");
    assert_eq!(common::body_sizes(&module).len(), 2);
    assert_eq!(Running::of_module(module).call("start", &[i(21)]), Some(vec![142]));
    // The same unit gives the same bytes.
    assert_eq!(library, emit_object(&second_unit, &options).expect("as before"));
}

#[test]
fn refusals_are_errors() {
    let refused = |text: &str| {
        let error = emit_object(&unit_of(text), &Options::default()).expect_err("it has no lowering");
        error.to_string()
    };
    let vector = "function %v(i32) -> i32 system_v {\nblock0(v0: i32):\n v1 = splat.i32x4 v0\n v2 = extractlane v1, 1\n return v2\n}";
    assert!(refused(vector).contains("extractlane"), "{}", refused(vector));
    let wide = "function %w(i128) -> i128 system_v {\nblock0(v0: i128):\n v1 = iadd v0, v0\n return v1\n}";
    assert!(refused(wide).contains("i128"), "{}", refused(wide));
    let atomic = "function %a(i32) -> i32 system_v {\nblock0(v0: i32):\n v1 = atomic_rmw.i32 add v0, v0\n return v1\n}";
    assert!(refused(atomic).contains("atomic_rmw"), "{}", refused(atomic));
    let fused = "function %f(f64) -> f64 system_v {\nblock0(v0: f64):\n v1 = fma v0, v0, v0\n return v1\n}";
    assert!(refused(fused).contains("fma"), "{}", refused(fused));

    let mut twice = unit_of("function %t() system_v {\nblock0:\n return\n}");
    twice.functions.push(twice.functions[0].clone());
    assert!(matches!(emit_object(&twice, &Options::default()), Err(Error::Definition { .. })));
    let mut invalid = unit_of("function %t() system_v {\nblock0:\n return\n}");
    invalid.functions[0].func.signature = signature(0, 1);
    assert!(matches!(emit_object(&invalid, &Options::default()), Err(Error::Invalid { .. })));
}

/// Objects link with a Rust-like import left to the host.
#[test]
fn host_imports() {
    let text = "
        function %run(i32) -> i32 system_v {
            sig0 = (i32) -> i32 system_v
            fn0 = %host_read sig0
        block0(v0: i32):
            v1 = call fn0(v0)
            return v1
        }";
    let module = link(&[&object_of(&unit_of(text), true)], &["--allow-undefined"]);
    let names: Vec<String> = wasmparser::Parser::new(0)
        .parse_all(&module)
        .filter_map(|payload| match payload.expect("a valid module") {
            wasmparser::Payload::ImportSection(imports) => Some(imports),
            _ => None,
        })
        .flat_map(|imports| imports.into_imports())
        .map(|import| import.expect("an import").name.to_owned())
        .collect();
    assert_eq!(names, ["host_read"]);
}
