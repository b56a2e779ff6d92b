//! A host machine for tests: compiles JavaScript to an image and runs it, collecting what it logs.
use jerboa_abi::builtins::NativeId;
use jerboa_backend_bytecode::{Image, ImageOptions, compile_image};
use jerboa_ir::Module;
use jerboa_rt::{NativeFn, Options, Value, Vm, native};
use std::cell::RefCell;

thread_local! {
    static LOG: RefCell<String> = const { RefCell::new(String::new()) };
}

native! {
    /// Logs its arguments as strings.
    fn test_native_log(vm, args) {
        for i in 0..args.len() {
            let [slot] = vm.slots()?;
            if let Some(argument) = args.get(i) {
                vm.copy(argument, slot);
            }
            vm.to_flat_string(slot)?;
            let text = String::from_utf8_lossy(&vm.get(slot).text()).into_owned();
            LOG.with_borrow_mut(|log| {
                if i > 0 {
                    log.push(' ');
                }
                log.push_str(&text);
            });
        }
        LOG.with_borrow_mut(|log| log.push('\n'));
        Ok(Value::UNDEFINED)
    }

    /// `Array.prototype.push`.
    fn test_native_push(vm, args) {
        for i in 0..args.len() {
            if let Some(argument) = args.get(i) {
                vm.array_push(args.this(), argument)?;
            }
        }
        vm.integer(i64::from(vm.array_length(args.this())))
    }

    /// `Function.prototype.call`.
    fn test_native_call(vm, args) {
        let this = args.this();
        let arguments: Vec<_> = (1..args.len()).filter_map(|i| args.get(i)).collect();
        let [receiver] = args.take(vm)?;
        vm.call_with(this, receiver, &arguments)
    }

    /// Any other.
    fn test_native_missing(vm, args) {
        Err(vm.throw_type("not in the tests' library"))
    }

    /// `Error` and its like.
    fn test_native_error(vm, args) {
        let [message] = args.take(vm)?;
        vm.new_error(jerboa_rt::ErrorKind::Error, message)
    }
}

fn implementation(id: NativeId) -> NativeFn {
    match id {
        NativeId::ConsoleLog | NativeId::Print => test_native_log,
        NativeId::ArrayPush => test_native_push,
        NativeId::FunctionCall => test_native_call,
        NativeId::Error => test_native_error,
        _ => test_native_missing,
    }
}

/// Memory below 4 GiB for the life of the process.
pub fn low_memory(len: usize) -> &'static mut [u8] {
    // SAFETY: a fresh private mapping that nobody unmaps.
    unsafe {
        let memory = libc::mmap(
            std::ptr::null_mut(),
            len,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_32BIT,
            -1,
            0,
        );
        assert_ne!(memory, libc::MAP_FAILED);
        std::slice::from_raw_parts_mut(memory.cast(), len)
    }
}

/// The IR of a program, with or without inference.
pub fn module(source: &str, optimise: bool) -> Module {
    let sources = [jerboa_frontend::Source { name: "test.js", text: source }];
    let compiled = jerboa_frontend::compile(&sources, &jerboa_frontend::Options::default());
    let mut module = compiled.unwrap_or_else(|e| panic!("{e:?}")).module;
    if optimise {
        jerboa_ir::passes::run(&mut module).expect("the passes keep the invariants");
    }
    module
}

/// The image of a program.
pub fn image(source: &str, optimise: bool) -> Image {
    compile_image(&module(source, optimise), &ImageOptions::default()).expect("it compiles")
}

/// What came of a run.
#[derive(PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Ended; the log.
    Ended(String),
    /// Threw; the log and the exception as a string.
    Threw(String, String),
    /// Used up its fuel.
    Stopped,
    /// Refused by the verifier or the runtime.
    Refused(String),
}

/// Runs an image with this much memory and fuel.
pub fn run(image: &[u8], natives: &[NativeId], arena: usize, fuel: Option<u64>) -> Outcome {
    let memory = low_memory(image.len());
    memory.copy_from_slice(image);
    let image: &'static [u8] = memory;
    let natives: Vec<NativeFn> = natives.iter().map(|id| implementation(*id)).collect();
    LOG.with_borrow_mut(String::clear);
    if let Err(error) = jerboa_rt::interp::verify(image) {
        return Outcome::Refused(format!("{error:?}"));
    }
    let arena = low_memory(arena);
    // SAFETY: both are mapped below 4 GiB for good and used by this VM only; the natives are those of the image; its code was
    // verified.
    let vm = unsafe { Vm::new(image, arena, natives.as_ptr(), natives.len() as u32, Options::default()) };
    let mut vm = match vm {
        Ok(vm) => vm,
        Err(error) => return Outcome::Refused(format!("{error:?}")),
    };
    // SAFETY: the image was verified.
    unsafe { jerboa_rt::interp::attach(&mut vm) };
    vm.set_fuel(fuel);
    let result = vm.run_entry();
    let outcome = match result {
        Ok(()) => Outcome::Ended(LOG.take()),
        Err(_) if vm.pending().is_none() => Outcome::Stopped,
        Err(_) => {
            let mut text = String::new();
            let [error] = vm.slots().expect("there is room after unwinding");
            if let Some(value) = vm.take_pending() {
                value.store(error);
            }
            for part in ["name", "message"] {
                let [slot] = vm.slots().expect("there is room after unwinding");
                if vm.get(error).is_object() {
                    if let Ok(value) = vm.get_by_name(error, part) {
                        value.store(slot);
                    }
                } else {
                    vm.copy(error, slot);
                }
                if vm.to_flat_string(slot).is_ok() {
                    if !text.is_empty() {
                        text.push_str(": ");
                    }
                    text.push_str(&String::from_utf8_lossy(&vm.get(slot).text()));
                }
                if !vm.get(error).is_object() {
                    break;
                }
            }
            Outcome::Threw(LOG.take(), text)
        }
    };
    drop(vm);
    // SAFETY: nobody uses the two mappings any more.
    unsafe {
        libc::munmap(arena.as_mut_ptr().cast(), arena.len());
        libc::munmap(image.as_ptr().cast_mut().cast(), image.len());
    }
    outcome
}
