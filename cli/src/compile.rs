//! The pipeline: source, IR, image, unit, object.
use crate::arguments::{Engine, ProgramArgs};
use crate::driver::Error;
use crate::driver::link::Reserve;
use crate::driver::modules::Files;
use crate::driver::target::{Flavor, Target};
use crate::failure::Failure;
use crate::render;
use cranelift_codegen::ir::types;
use cranelift_codegen::isa::CallConv;
use jerboa_abi::builtins::NativeId;
use jerboa_abi::edition::Edition;
use jerboa_abi::entry::symbol;
use jerboa_abi::image::field;
use jerboa_backend_bytecode::{Image, ImageOptions};
use jerboa_backend_cranelift::lower::{self, ConstRef, ImageLayout, StackCheck};
use jerboa_backend_cranelift::machine32::{self, Arch};
use jerboa_backend_cranelift::{host, unit::Unit};
use jerboa_ir::passes::shapes::Field;
use jerboa_ir::{Const, FuncId, Inst, Module, SourceLoc, StrId};
use std::path::Path;
use target_lexicon::Triple;

/// Bytes that compiled code leaves to the runtime's own frames on the host, where they are larger and memory is plenty. For devices
/// see [`Reserve`].
const HOST_STACK_RESERVE: u32 = 64 << 10;

/// Reads a program and compiles it to IR. Warnings go to stderr.
pub fn module(file: &Path) -> Result<Module, Failure> {
    module_with(file, &jerboa_frontend::Options::default())
}

/// The same for a program that runs in this process, where the compiler is at hand.
pub fn module_beside_compiler(file: &Path) -> Result<Module, Failure> {
    module_with(file, &jerboa_frontend::Options { compiler_present: true, ..Default::default() })
}

fn module_with(file: &Path, options: &jerboa_frontend::Options) -> Result<Module, Failure> {
    let files = match Files::load(file) {
        Err(error @ Error::NotUtf8 { .. }) => return Err(Failure::Refused(format!("error: {error}\n"))),
        other => other?,
    };
    let sources = files.sources();
    match jerboa_frontend::compile(&sources, options) {
        Ok(compiled) => {
            if !compiled.warnings.is_empty() {
                eprint!("{}", render::render(&sources, &compiled.warnings));
            }
            let module = optimise(compiled.module)?;
            Ok(module)
        }
        Err(diagnostics) => Err(Failure::Refused(render::render(&sources, &diagnostics))),
    }
}

/// Runs the passes; in debug builds the verifier runs after each.
pub fn optimise(module: Module) -> Result<Module, Failure> {
    let mut module = module;
    jerboa_ir::verify::verify(&module).map_err(|e| Failure::bug(format!("the frontend made bad IR: {e}")))?;
    jerboa_ir::passes::run(&mut module).map_err(|e| Failure::bug(format!("a pass made bad IR: {e}")))?;
    Ok(module)
}

/// The engine that the arguments ask for on a target.
pub fn engine(args: &ProgramArgs, target: &Target) -> Engine {
    match args.engine {
        Some(Engine::Wasm) => Engine::Aot,
        Some(engine) => engine,
        None if target.link.flavor == Flavor::Wasm => Engine::Aot,
        None => Engine::Bytecode,
    }
}

/// Name of the target that the arguments ask for.
pub fn target_name(args: &ProgramArgs) -> &str {
    if args.engine == Some(Engine::Wasm) && args.target == "host" { "wasm32" } else { &args.target }
}

pub fn image_options(args: &ProgramArgs) -> ImageOptions {
    ImageOptions { all_builtins: args.all_builtins, strip: args.strip, trace: args.debug }
}

/// Compiles a module to an image with bytecode.
pub fn bytecode(module: &Module, args: &ProgramArgs) -> Result<Image, Failure> {
    jerboa_backend_bytecode::compile_image(module, &image_options(args)).map_err(refused)
}

/// An image limit is the program's fault: it is too large in some way.
pub fn refused(error: jerboa_backend_bytecode::Error) -> Failure {
    Failure::Refused(format!("error: {error}\n"))
}

/// A program ready for an emitter.
pub struct Lowered {
    /// The unit.
    pub unit: Unit,
    /// Who emits it.
    pub emitter: Emitter,
    /// Bytes of its image that the program brings.
    pub image_bytes: usize,
    /// Bytes of its image that list the built-ins in use and the lines.
    pub table_bytes: usize,
    /// Bytes of its module variables of type `val`.
    pub variable_bytes: u64,
    /// Features that the runtime is to be linked with in any case: see [`jerboa_abi::feature`].
    pub features: Vec<String>,
    /// The edition of the interpreter's loop, for bytecode.
    pub edition: Option<Edition>,
}

/// Who makes the object.
pub enum Emitter {
    /// Cranelift, for a 64-bit machine.
    Host(Triple),
    /// Our machine backends.
    Machine(Arch),
    /// The WebAssembly backend.
    Wasm,
}

/// Compiles a module for a target: all of its code for `aot`, the image alone for `bytecode`. The code for a device leaves the
/// machine stack a reserve; `None`: one that is enough for any image.
pub fn lower(
    module: &Module,
    args: &ProgramArgs,
    target: &Target,
    engine: Engine,
    reserve: Option<Reserve>,
) -> Result<Lowered, Failure> {
    let emitter = emitter(target)?;
    let lowering = match &emitter {
        Emitter::Host(_) => lower::Target {
            pointer: types::I64,
            call_conv: CallConv::SystemV,
            stack_check: StackCheck::Facing { reserve: HOST_STACK_RESERVE, plain: HOST_STACK_RESERVE },
            fuel: args.fuel,
        },
        Emitter::Machine(_) => lower::Target {
            pointer: types::I32,
            call_conv: CallConv::SystemV,
            stack_check: StackCheck::Facing {
                reserve: reserve.unwrap_or(Reserve::ANY).entry,
                plain: reserve.unwrap_or(Reserve::PLAIN).entry,
            },
            fuel: args.fuel,
        },
        Emitter::Wasm => lower::Target {
            pointer: types::I32,
            call_conv: CallConv::SystemV,
            stack_check: StackCheck::Limit,
            fuel: args.fuel,
        },
    };
    if engine == Engine::Bytecode {
        let image = bytecode(module, args)?;
        // A linked image does not carry the verifier.
        jerboa_rt::interp::verify(&image.bytes)
            .map_err(|e| Failure::bug(format!("the bytecode does not verify: {e:?}")))?;
        let unit = lower::bytecode_unit(&image.bytes, &image.natives, &image.helpers, &lowering);
        let features = image.features.iter().map(|feature| feature.name().to_owned()).collect();
        return Ok(Lowered {
            unit,
            emitter,
            image_bytes: image.sizes.program(),
            table_bytes: image.bytes.len() - image.sizes.program(),
            variable_bytes: variable_bytes(&image),
            features,
            edition: Some(image.edition),
        });
    }
    let image = jerboa_backend_bytecode::image::build(module, image_options(args)).map_err(refused)?;
    let unit = lower::lower(module, &Layout { module, image: &image }, &lowering).map_err(Failure::bug)?;
    let features = image.features.iter().map(|feature| feature.name().to_owned()).collect();
    Ok(Lowered {
        unit,
        emitter,
        image_bytes: image.sizes.program(),
        table_bytes: image.bytes.len() - image.sizes.program(),
        variable_bytes: variable_bytes(&image),
        features,
        edition: None,
    })
}

fn variable_bytes(image: &Image) -> u64 {
    let [low, high] = [0, 1].map(|i| image.bytes[field::GLOBALS + i]);
    4 * u64::from(u16::from_le_bytes([low, high]))
}

fn emitter(target: &Target) -> Result<Emitter, Failure> {
    match target.link.flavor {
        Flavor::Wasm => Ok(Emitter::Wasm),
        Flavor::Cc => Ok(Emitter::Host(Triple::host())),
        Flavor::Gnu => Ok(Emitter::Machine(match target.arch.as_str() {
            "thumbv7m" => Arch::ThumbV7M,
            "thumbv7em" => Arch::ThumbV7EM,
            "thumbv8m.main" => Arch::ThumbV8MMain,
            "riscv32imc" => Arch::Rv32Imc,
            "riscv32imac" => Arch::Rv32Imac,
            other => {
                return Err(anyhow::anyhow!(
                    "no code generator is called `{other}` (arch of target `{}`)",
                    target.name
                )
                .into());
            }
        })),
    }
}

impl Lowered {
    /// The reserve that is enough for any image with such a program.
    pub fn usual_reserve(&self) -> Reserve {
        let plain = self.unit.symbols.iter().any(|symbol| symbol.name == symbol::RUN_PLAIN);
        if plain { Reserve::PLAIN } else { Reserve::ANY }
    }

    /// The relocatable object.
    pub fn object(&self) -> Result<Vec<u8>, Failure> {
        match &self.emitter {
            Emitter::Host(triple) => host::emit_object(&self.unit, triple).map_err(Failure::bug),
            Emitter::Machine(arch) => {
                machine32::emit_object(&self.unit, *arch, &machine32::Options::default())
                    .map_err(Failure::bug)
            }
            Emitter::Wasm => {
                jerboa_backend_wasm::emit_object(&self.unit, &jerboa_backend_wasm::Options::default())
                    .map_err(Failure::bug)
            }
        }
    }

    /// Assembly listing.
    pub fn asm(&self) -> Result<String, Failure> {
        match &self.emitter {
            Emitter::Host(triple) => host::emit_asm(&self.unit, triple).map_err(Failure::bug),
            Emitter::Machine(arch) => {
                machine32::emit_asm(&self.unit, *arch, &machine32::Options::default()).map_err(Failure::bug)
            }
            Emitter::Wasm => {
                Err(anyhow::anyhow!("there is no assembly for WebAssembly; use --emit wasm").into())
            }
        }
    }

    /// Cranelift's IR before its optimiser.
    pub fn clif(&self) -> String {
        let mut out = String::new();
        for body in &self.unit.functions {
            out.push_str(&format!("; {}\n{}\n", self.unit.symbol(body.symbol).name, body.func.display()));
        }
        out
    }
}

/// The image as compiled code sees it.
struct Layout<'a> {
    module: &'a Module,
    image: &'a Image,
}

/// The builder put everything that the module names into the image.
const IN_IMAGE: &str = "the image has all of the module's constants";

impl ImageLayout for Layout<'_> {
    fn constant(&self, constant: Const) -> ConstRef {
        convert(self.image.const_ref(self.module, constant).expect(IN_IMAGE))
    }

    fn builtin(&self, index: u16) -> ConstRef {
        convert(self.image.builtin_ref(index).expect(IN_IMAGE))
    }

    fn is_unused_builtin(&self, function: FuncId, inst: Inst) -> bool {
        self.image.members().is_unused_builtin(function, inst)
    }

    fn member(&self, function: FuncId, inst: Inst) -> Option<ConstRef> {
        self.image.member_ref(function, inst).map(convert)
    }

    fn key(&self, key: StrId) -> u32 {
        self.image.key_number(self.module, key).expect(IN_IMAGE)
    }

    fn string(&self, string: StrId) -> Option<u32> {
        self.image.string_number(self.module, string)
    }

    fn shape(&self, keys: &[StrId]) -> u32 {
        self.image.shape_id(keys).expect(IN_IMAGE)
    }

    fn field(&self, function: FuncId, inst: Inst) -> Option<Field> {
        self.image.field(function, inst)
    }

    fn class_shape(&self, constructor: FuncId) -> u16 {
        self.image.class_shape(constructor)
    }

    fn function(&self, function: FuncId) -> u32 {
        self.image.function_offset(function)
    }

    fn is_traced(&self) -> bool {
        self.image.is_traced()
    }

    fn site(&self, function: FuncId, loc: SourceLoc) -> Option<u32> {
        self.image.site(function, loc)
    }

    fn bytes(&self) -> &[u8] {
        &self.image.bytes
    }

    fn natives(&self) -> &[NativeId] {
        &self.image.natives
    }
}

fn convert(constant: jerboa_backend_bytecode::image::ConstRef) -> ConstRef {
    match constant {
        jerboa_backend_bytecode::image::ConstRef::Word(word) => ConstRef::Word(word),
        jerboa_backend_bytecode::image::ConstRef::Offset(offset) => ConstRef::Offset(offset),
    }
}
