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

    /// Logs the concatenation of its arguments.
    fn test_native_log_parts(vm, args) {
        for part in (0..args.len()).filter_map(|i| args.get(i)) {
            vm.to_flat_string(part)?;
            let text = String::from_utf8_lossy(&vm.get(part).text()).into_owned();
            LOG.with_borrow_mut(|log| log.push_str(&text));
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
        NativeId::ConsoleLog | NativeId::ConsoleLogPrimitive | NativeId::Print => test_native_log,
        NativeId::ConsoleLogParts => test_native_log_parts,
        NativeId::ArrayPush => test_native_push,
        NativeId::FunctionCall => test_native_call,
        NativeId::Error => test_native_error,
        _ => test_native_missing,
    }
}

/// Memory below 4 GiB, unmapped when it is dropped.
struct LowMemory(&'static mut [u8]);

impl Drop for LowMemory {
    fn drop(&mut self) {
        // SAFETY: `run` drops it after everything that uses it.
        unsafe { libc::munmap(self.0.as_mut_ptr().cast(), self.0.len()) };
    }
}

fn low_memory(len: usize) -> LowMemory {
    // SAFETY: a fresh private mapping.
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
        LowMemory(std::slice::from_raw_parts_mut(memory.cast(), len))
    }
}

/// The IR of a program, with or without inference.
pub fn module(source: &str, optimise: bool) -> Module {
    let sources = [jerboa_frontend::Source::new("test.js", source)];
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
    memory.0.copy_from_slice(image);
    // SAFETY: the memory outlives the VM below, the only user of the slice.
    let image: &'static [u8] = unsafe { std::slice::from_raw_parts(memory.0.as_ptr(), memory.0.len()) };
    let natives: Vec<NativeFn> = natives.iter().map(|id| implementation(*id)).collect();
    LOG.with_borrow_mut(String::clear);
    if let Err(error) = jerboa_rt::interp::verify(image) {
        return Outcome::Refused(format!("{error:?}"));
    }
    let arena = low_memory(arena);
    // SAFETY: both are mapped below 4 GiB until the VM is gone, and used by it only; the natives are those of the image; its code was
    // verified.
    let vm = unsafe {
        Vm::new(
            image,
            std::ptr::from_mut(arena.0),
            natives.as_ptr(),
            natives.len() as u32,
            Options::default(),
        )
    };
    let mut vm = match vm {
        Ok(vm) => vm,
        Err(error) => return Outcome::Refused(format!("{error:?}")),
    };
    // SAFETY: the image was verified.
    unsafe { jerboa_rt::interp::attach(&mut vm) };
    vm.set_fuel(fuel);
    let result = vm.run_entry();
    match result {
        Ok(()) => Outcome::Ended(LOG.take()),
        Err(_) if vm.pending().is_none() => Outcome::Stopped,
        Err(_) => {
            let text = describe_exception(&mut vm).unwrap_or_default();
            Outcome::Threw(LOG.take(), text)
        }
    }
}

/// The pending exception as text: an error's name and message, or the value as a string.
fn describe_exception(vm: &mut Vm) -> jerboa_rt::Result<String> {
    let [error, part] = vm.slots()?;
    if let Some(value) = vm.take_pending() {
        value.store(error);
    }
    if !vm.get(error).is_object() {
        vm.to_flat_string(error)?;
        return Ok(String::from_utf8_lossy(&vm.get(error).text()).into_owned());
    }
    let mut texts = Vec::new();
    for name in ["name", "message"] {
        vm.get_by_name(error, name)?.store(part);
        vm.to_flat_string(part)?;
        texts.push(String::from_utf8_lossy(&vm.get(part).text()).into_owned());
    }
    Ok(texts.join(": "))
}
