//! From CLIF text to results: the unit, the linked module in an interpreter, and Cranelift's interpreter as the
//! reference.

#![allow(dead_code, reason = "each test program uses a part")]

use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::{ExternalName, Function, GlobalValueData, UserExternalName, types};
use cranelift_interpreter::environment::FunctionStore;
use cranelift_interpreter::interpreter::{Interpreter, InterpreterState};
use cranelift_interpreter::step::ControlFlow;
use jerboa_backend_cranelift::unit::{Body, Linkage, SymbolId, SymbolKind, Unit};
use jerboa_backend_wasm::{Options, emit_object};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use wasmi::{Engine, Instance, Linker, Module, Store, Val};

/// Makes a unit of functions whose names and references are test case names (`%name`). Names that no function defines are
/// taken from `unit`, or become imports.
pub fn add_functions(unit: &mut Unit, functions: &[Function]) {
    for func in functions {
        let name = func.name.to_string();
        unit.declare(&name[1..], SymbolKind::Function(func.signature.clone()), Linkage::Export);
    }
    for func in functions {
        let mut func = func.clone();
        let name = func.name.to_string();
        let symbol = find(unit, &name[1..]).expect("declared above");
        for at in func.dfg.ext_funcs.keys().collect::<Vec<_>>() {
            let callee = func.dfg.ext_funcs[at].clone();
            let name = callee.name.display(None).to_string();
            let signature = func.dfg.signatures[callee.signature].clone();
            let id = find(unit, &name[1..]).unwrap_or_else(|| {
                unit.declare(&name[1..], SymbolKind::Function(signature), Linkage::Import)
            });
            let reference = func.declare_imported_user_function(UserExternalName::new(0, id.0));
            func.dfg.ext_funcs[at].name = ExternalName::User(reference);
        }
        for at in func.global_values.keys().collect::<Vec<_>>() {
            if let GlobalValueData::Symbol { name, .. } = &func.global_values[at] {
                let text = name.display(None).to_string();
                let id = find(unit, &text[1..])
                    .unwrap_or_else(|| unit.declare(&text[1..], SymbolKind::Data, Linkage::Import));
                let reference = func.declare_imported_user_function(UserExternalName::new(0, id.0));
                if let GlobalValueData::Symbol { name, .. } = &mut func.global_values[at] {
                    *name = ExternalName::User(reference);
                }
            }
        }
        unit.functions.push(Body { symbol, func });
    }
}

/// The symbol with a name.
pub fn find(unit: &Unit, name: &str) -> Option<SymbolId> {
    unit.symbols.iter().position(|symbol| symbol.name == name).map(|at| SymbolId(at as u32))
}

/// The unit of a CLIF text.
pub fn unit_of(text: &str) -> Unit {
    let functions = cranelift_reader::parse_functions(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut unit = Unit::default();
    add_functions(&mut unit, &functions);
    unit
}

/// Emits, exporting all functions, and checks that the object is a valid module.
pub fn object_of(unit: &Unit, optimize: bool) -> Vec<u8> {
    let exports = unit.functions.iter().map(|body| unit.symbol(body.symbol).name.clone()).collect();
    let options = Options { optimize, verify_passes: true, exports };
    let object = emit_object(unit, &options).unwrap_or_else(|error| panic!("{error}"));
    wasmparser::validate(&object).unwrap_or_else(|error| {
        for body in &unit.functions {
            eprintln!("{}", body.func);
        }
        panic!("{error}")
    });
    object
}

/// The toolchain's linker.
fn linker() -> PathBuf {
    let output = Command::new(std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into()))
        .args(["--print", "sysroot"])
        .output()
        .expect("rustc runs");
    let sysroot = String::from_utf8(output.stdout).expect("a path");
    let libraries = Path::new(sysroot.trim()).join("lib/rustlib");
    std::fs::read_dir(&libraries)
        .expect("the toolchain's libraries")
        .map(|entry| entry.expect("a folder").path().join("bin/rust-lld"))
        .find(|path| path.exists())
        .expect("rust-lld is part of the toolchain")
}

/// Links objects into a module.
pub fn link(objects: &[&[u8]], args: &[&str]) -> Vec<u8> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
        "{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    ));
    std::fs::create_dir_all(&folder).expect("a folder for objects");
    let output = folder.join("out.wasm");
    let mut command = Command::new(linker());
    command.args([
        "-flavor",
        "wasm",
        "--no-entry",
        "--fatal-warnings",
        "--compress-relocations",
        "--strip-all",
    ]);
    command.args(args).arg("-o").arg(&output);
    for (at, object) in objects.iter().enumerate() {
        let path = folder.join(format!("{at}.o"));
        std::fs::write(&path, object).expect("an object is written");
        command.arg(path);
    }
    let result = command.output().expect("the linker runs");
    assert!(result.status.success(), "{}", String::from_utf8_lossy(&result.stderr));
    let module = std::fs::read(&output).expect("the linker has written a module");
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    wasmparser::validate(&module).expect("the linked module is valid");
    module
}

/// A module that runs.
pub struct Running {
    store: Store<()>,
    instance: Instance,
    /// The linked module's bytes.
    pub module: Vec<u8>,
}

impl Running {
    /// Emits, links and instantiates a unit.
    pub fn new(unit: &Unit, optimize: bool) -> Self {
        Self::of_module(link(&[&object_of(unit, optimize)], &[]))
    }

    /// Instantiates a module.
    pub fn of_module(module: Vec<u8>) -> Self {
        let engine = Engine::default();
        let parsed = Module::new(&engine, &module).expect("a valid module");
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate_and_start(&mut store, &parsed).expect("no imports");
        Running { store, instance, module }
    }

    /// Calls an export. `None` if it traps.
    pub fn call(&mut self, name: &str, args: &[DataValue]) -> Option<Vec<u64>> {
        let func = self.instance.get_func(&self.store, name).unwrap_or_else(|| panic!("no export {name}"));
        let inputs: Vec<Val> = args
            .iter()
            .map(|arg| match *arg {
                DataValue::I8(x) => Val::I32(i32::from(x as u8)),
                DataValue::I16(x) => Val::I32(i32::from(x as u16)),
                DataValue::I32(x) => Val::I32(x),
                DataValue::I64(x) => Val::I64(x),
                DataValue::F32(x) => Val::F32(f32::from_bits(x.bits()).into()),
                DataValue::F64(x) => Val::F64(f64::from_bits(x.bits()).into()),
                ref other => panic!("{other} cannot be passed"),
            })
            .collect();
        let count = func.ty(&self.store).results().len();
        let mut outputs = vec![Val::I32(0); count];
        func.call(&mut self.store, &inputs, &mut outputs).ok()?;
        Some(
            outputs
                .iter()
                .map(|output| match output {
                    Val::I32(x) => u64::from(*x as u32),
                    Val::I64(x) => *x as u64,
                    Val::F32(x) => u64::from(x.to_bits()),
                    Val::F64(x) => x.to_bits(),
                    other => panic!("{other:?} cannot be returned"),
                })
                .collect(),
        )
    }
}

/// The bits of a value, zero-extended; NaNs are all the same, as WebAssembly does not say which one comes out.
pub fn bits(value: &DataValue) -> u64 {
    match *value {
        DataValue::I8(x) => u64::from(x as u8),
        DataValue::I16(x) => u64::from(x as u16),
        DataValue::I32(x) => u64::from(x as u32),
        DataValue::I64(x) => x as u64,
        DataValue::F32(x) => u64::from(x.bits()),
        DataValue::F64(x) => x.bits(),
        ref other => panic!("{other} has no bits"),
    }
}

/// Makes all NaNs of a float type the same.
pub fn canonical(bits: u64, ty: types::Type) -> u64 {
    match ty {
        types::F32 if f32::from_bits(bits as u32).is_nan() => u64::from(f32::NAN.to_bits()),
        types::F64 if f64::from_bits(bits).is_nan() => f64::NAN.to_bits(),
        _ => bits,
    }
}

/// Instructions after which the reference gives up: the test is wrong, then.
const FUEL: u64 = 50_000_000;

/// Cranelift's interpreter with a set of functions.
pub struct Reference<'a> {
    store: FunctionStore<'a>,
    interpreter: Interpreter<'a>,
}

impl<'a> Reference<'a> {
    /// Takes functions with test case names.
    pub fn new(functions: &'a [Function]) -> Self {
        let mut store = FunctionStore::default();
        for func in functions {
            store.add(func.name.to_string(), func);
        }
        let interpreter = Self::start(&store);
        Reference { store, interpreter }
    }

    fn start(store: &FunctionStore<'a>) -> Interpreter<'a> {
        let state = InterpreterState::default().with_function_store(store.clone());
        Interpreter::new(state).with_fuel(Some(FUEL))
    }

    /// Calls a function. `None` if it traps.
    pub fn call(&mut self, name: &str, args: &[DataValue]) -> Option<Vec<u64>> {
        match self.interpreter.call_by_name(&format!("%{name}"), args) {
            Ok(ControlFlow::Return(values)) => Some(values.iter().map(bits).collect()),
            Ok(ControlFlow::Trap(_)) => {
                // A trap leaves its frames behind.
                self.interpreter = Self::start(&self.store);
                None
            }
            other => panic!("the interpreter gave {other:?}"),
        }
    }
}

/// Checks that a text's functions give the same in WebAssembly, optimized and not, as in Cranelift's interpreter.
pub fn check(text: &str, calls: &[(&str, &[DataValue])]) {
    let functions = cranelift_reader::parse_functions(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut unit = Unit::default();
    add_functions(&mut unit, &functions);
    let mut modules = [false, true].map(|optimize| (optimize, Running::new(&unit, optimize)));
    let mut reference = Reference::new(&functions);
    for (name, args) in calls {
        let name = *name;
        let signature =
            &functions.iter().find(|f| f.name.to_string()[1..] == *name).expect("defined").signature;
        let canonicalize = |values: Option<Vec<u64>>| {
            values.map(|values| {
                let types = signature.returns.iter().map(|r| r.value_type);
                values.into_iter().zip(types).map(|(v, ty)| canonical(v, ty)).collect::<Vec<_>>()
            })
        };
        let expected = canonicalize(reference.call(name, args));
        for (optimize, running) in &mut modules {
            let found = canonicalize(running.call(name, args));
            assert_eq!(found, expected, "{name}{args:?}, optimize: {optimize}");
        }
    }
}

/// The size of each function body in a module, in bytes, without its size prefix.
pub fn body_sizes(module: &[u8]) -> Vec<usize> {
    wasmparser::Parser::new(0)
        .parse_all(module)
        .filter_map(|payload| match payload.expect("a valid module") {
            wasmparser::Payload::CodeSectionEntry(body) => Some(body.as_bytes().len()),
            _ => None,
        })
        .collect()
}
