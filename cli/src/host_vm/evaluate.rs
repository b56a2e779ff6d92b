//! Code that a program gives to indirect `eval` and to `Function`: compiled here, and added to the image that is running.
use crate::compile::optimise;
use jerboa_backend_bytecode::Extensible;
use jerboa_frontend::{Compiled, Diagnostic, Options, STACK_BYTES, Source};
use jerboa_ir::Module;
use jerboa_rt::{ErrorKind, EvaluatedFunction, Evaluator, Piece, Slot, Thrown, Vm};

/// The name that evaluated code has in place of a file's.
const FILE: &str = "<evaluated>";

/// What evaluating needs: the VM's host pointer leads here.
pub struct Evaluation {
    /// The image and what is known of it.
    pub extensible: Extensible,
    /// Where it lies, with room for [`Extensible::MAX_BYTES`].
    pub place: *mut u8,
}

/// Why code can not be evaluated.
enum Refusal {
    /// It is no program, or outside the language.
    Syntax(String),
    /// There is no room for it.
    Room(String),
    /// A bug of ours.
    Internal(String),
}

/// The evaluator of a VM whose host pointer leads to an [`Evaluation`].
pub const EVALUATOR: Evaluator = Evaluator { compile, release };

fn release(vm: &mut Vm, function: u32) {
    // SAFETY: as in `compile`.
    unsafe { &mut *vm.host().cast::<Evaluation>() }.extensible.release(function);
}

fn compile(vm: &mut Vm, text: Slot, of: Option<EvaluatedFunction>) -> jerboa_rt::Result<u32> {
    let flat = |slot: Slot| String::from_utf8(vm.get(slot).text().to_vec()).ok();
    let head = |of: EvaluatedFunction| Some((of.keywords, flat(of.parameters)?));
    let texts = match (flat(text), of.map(head)) {
        (Some(text), None) => Some((text, None)),
        (Some(text), Some(Some(head))) => Some((text, Some(head))),
        _ => None,
    };
    // SAFETY: `run` has set the pointer to what outlives the VM, and nothing else uses it meanwhile: the compiler does not
    // come back to the VM.
    let evaluation = unsafe { &mut *vm.host().cast::<Evaluation>() };
    let added = match texts {
        Some((text, head)) => compiled(text, head).and_then(|module| evaluation.add(&module)),
        None => Err(Refusal::Syntax("the text has a surrogate without its other half".to_owned())),
    };
    match added {
        Ok((entry, strings)) => {
            vm.adopt_strings(strings.into_iter());
            Ok(entry)
        }
        Err(refusal) => Err(throw(vm, &refusal)),
    }
}

fn throw(vm: &mut Vm, refusal: &Refusal) -> Thrown {
    let (kind, message) = match refusal {
        Refusal::Syntax(message) => (ErrorKind::Syntax, message),
        Refusal::Room(message) => (ErrorKind::Range, message),
        Refusal::Internal(message) => (ErrorKind::Error, message),
    };
    vm.throw_error(kind, &[Piece::Text(message)])
}

/// Compiles global code, or a function with these keywords and parameters, on a thread of its own: the program may have used up much of the stack of this one.
fn compiled(text: String, head: Option<(&'static str, String)>) -> Result<Module, Refusal> {
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || match head {
        None => {
            let source = Source::new(FILE, &text);
            lowered(jerboa_frontend::compile_evaluated(source, &options()))
        }
        Some((keywords, parameters)) => {
            lowered(jerboa_frontend::compile_function(FILE, keywords, &parameters, &text, &options()))
        }
    });
    let bug = || Refusal::Internal("the compiler has failed".to_owned());
    match thread {
        Ok(thread) => thread.join().unwrap_or_else(|_| Err(bug())),
        Err(error) => Err(Refusal::Room(error.to_string())),
    }
}

fn options() -> Options {
    Options { compiler_present: true, ..Options::default() }
}

fn lowered(compiled: Result<Compiled, Vec<Diagnostic>>) -> Result<Module, Refusal> {
    let compiled = compiled.map_err(|diagnostics| syntax(&diagnostics))?;
    optimise(compiled.module).map_err(|_| Refusal::Internal("the compiler has failed".to_owned()))
}

/// The message of the first diagnostic, without the standard's word that begins it.
fn syntax(diagnostics: &[Diagnostic]) -> Refusal {
    let message = diagnostics.first().map_or("", |d| d.message.as_str());
    Refusal::Syntax(message.strip_prefix("SyntaxError: ").unwrap_or(message).to_owned())
}

impl Evaluation {
    /// Adds a module to the image; gives the number of its entry, and the offsets of the strings that are new.
    fn add(&mut self, module: &Module) -> Result<(u32, Vec<u32>), Refusal> {
        let extension = self.extensible.extend(module).map_err(|e| Refusal::Room(e.to_string()))?;
        let bytes = self.extensible.bytes();
        jerboa_rt::interp::verify_extension(bytes, extension.first_function)
            .map_err(|e| Refusal::Internal(format!("the bytecode does not verify: {e}")))?;
        // SAFETY: the mapping has room for the largest image, and `bytes` lies elsewhere. What was in it stays as it was but for
        // the line table, which nobody holds on to.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.place, bytes.len()) };
        Ok((extension.entry, extension.strings))
    }
}
