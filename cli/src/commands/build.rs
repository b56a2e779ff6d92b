//! `jerboa build`: a program to an image, an object or an intermediate form.
use crate::arguments::{BuildArgs, Emit, Engine, ProgramArgs};
use crate::compile::{self, Lowered};
use crate::driver::image::Image;
use crate::driver::link::{self, Job, Reserve};
use crate::driver::process::ScratchFolder;
use crate::driver::runtime_build::{self, Variant};
use crate::driver::stack_depth;
use crate::driver::target::{Flavor, Registry, Target};
use crate::failure::Failure;
use anyhow::Context;
use jerboa_ir::Module;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Builds and writes what was asked for; the summary goes to stderr.
pub fn run(registry: &Registry, args: &BuildArgs) -> Result<u8, Failure> {
    let start = Instant::now();
    let program = &args.program;
    let target = registry.load(compile::target_name(program))?;
    let module = compile::module(&program.file)?;
    let forms = if args.emit.is_empty() {
        vec![if target.link.flavor == Flavor::Wasm { Emit::Wasm } else { Emit::Elf }]
    } else {
        args.emit.clone()
    };
    let scratch = ScratchFolder::new()?;
    let mut builder =
        Builder { registry, args: program, target: &target, module: &module, scratch: &scratch, image: None };
    for form in &forms {
        let path = output_path(args, *form, forms.len());
        let bytes = builder.bytes(*form)?;
        std::fs::write(&path, &bytes).with_context(|| format!("writing `{}`", path.display()))?;
        if matches!(form, Emit::Elf) && target.link.flavor == Flavor::Cc {
            make_executable(&path)?;
        }
        let size = bytes.len();
        eprintln!(
            "compiled {} -> {} ({}) in {} ms",
            program.file.display(),
            path.display(),
            human(size),
            start.elapsed().as_millis()
        );
    }
    Ok(0)
}

fn output_path(args: &BuildArgs, form: Emit, forms: usize) -> PathBuf {
    match &args.output {
        Some(path) if forms == 1 => path.clone(),
        Some(path) => path.with_extension(form.extension()),
        None => {
            PathBuf::from(args.program.file.file_name().unwrap_or_default()).with_extension(form.extension())
        }
    }
}

#[cfg(unix)]
fn make_executable(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(path, permissions)
        .with_context(|| format!("making `{}` executable", path.display()))?;
    Ok(())
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) -> Result<(), Failure> {
    Ok(())
}

/// A number of bytes for people.
pub fn human(bytes: usize) -> String {
    if bytes < 10_000 { format!("{bytes} B") } else { format!("{:.1} kB", bytes as f64 / 1000.0) }
}

/// Makes forms of one program, the linked image at most once.
pub struct Builder<'a> {
    pub registry: &'a Registry,
    pub args: &'a ProgramArgs,
    pub target: &'a Target,
    pub module: &'a Module,
    pub scratch: &'a ScratchFolder,
    pub image: Option<Linked>,
}

/// A linked image.
#[derive(Clone)]
pub struct Linked {
    /// Where it is.
    pub path: PathBuf,
    /// Code and constants of the program alone, in bytes: without the tables of built-ins and lines.
    pub program_bytes: u64,
}

impl Builder<'_> {
    fn lowered(&self) -> Result<Lowered, Failure> {
        self.lowered_with(None)
    }

    fn lowered_with(&self, reserve: Option<Reserve>) -> Result<Lowered, Failure> {
        compile::lower(self.module, self.args, self.target, compile::engine(self.args, self.target), reserve)
    }

    /// One form.
    pub fn bytes(&mut self, form: Emit) -> Result<Vec<u8>, Failure> {
        Ok(match form {
            Emit::Ir => jerboa_ir::text::print(self.module).into_bytes(),
            Emit::Clif => self.lowered()?.clif().into_bytes(),
            Emit::Asm => self.lowered()?.asm()?.into_bytes(),
            Emit::Obj => self.lowered()?.object()?,
            Emit::Bytecode => compile::bytecode(self.module, self.args)?.bytes,
            Emit::Elf | Emit::Wasm => {
                let path = self.link()?.path;
                std::fs::read(&path).with_context(|| format!("reading `{}`", path.display()))?
            }
            Emit::Bin => Image::open(&self.link()?.path)?.to_bin()?.1,
            Emit::Hex => Image::open(&self.link()?.path)?.to_ihex()?.into_bytes(),
        })
    }

    /// The linked image.
    pub fn link(&mut self) -> Result<Linked, Failure> {
        if self.args.stack.is_some() && self.target.link.flavor == Flavor::Wasm {
            return Err(anyhow::anyhow!(
                "`--stack` is not for {}: the embedder has its stack",
                self.target.name
            )
            .into());
        }
        if let Some(linked) = &self.image {
            return Ok(linked.clone());
        }
        let engine = compile::engine(self.args, self.target);
        let object = self.scratch.file("program.o");
        let variant = match self.args {
            ProgramArgs { gc_stress: true, .. } => Variant::GcStress,
            ProgramArgs { sweep: true, .. } => Variant::Sweep,
            _ => Variant::Plain,
        };
        let runtime = runtime_build::archive(self.target, variant, &super::progress)?;
        let path = self.scratch.file(if self.target.link.flavor == Flavor::Wasm {
            "image.wasm"
        } else {
            "image.elf"
        });
        let is_compiled = engine != Engine::Bytecode;
        let link = |lowered: &Lowered, reserve| -> Result<(), Failure> {
            std::fs::write(&object, lowered.object()?)
                .with_context(|| format!("writing `{}`", object.display()))?;
            Ok(link::link(&Job {
                target: self.target,
                registry: self.registry,
                objects: std::slice::from_ref(&object),
                runtime: &runtime,
                features: &lowered.features,
                edition: lowered.edition,
                heap: self.args.heap,
                stack: self.args.stack,
                compiled: is_compiled.then_some(lowered.variable_bytes),
                reserve,
                debug: self.args.debug,
                output: &path,
            })?)
        };
        let mut lowered = self.lowered()?;
        let usual = lowered.usual_reserve();
        link(&lowered, usual)?;
        // Only the linked image tells what its parts of the runtime take.
        if is_compiled
            && self.target.link.flavor == Flavor::Gnu
            && let Some(needed) = stack_depth::of_image(&path)?
            && needed.entry < usual.entry
        {
            let reserve = Reserve { native: needed.native.min(usual.native), ..needed };
            lowered = self.lowered_with(Some(reserve))?;
            link(&lowered, reserve)?;
        }
        let program_bytes = match engine {
            Engine::Bytecode => lowered.image_bytes as u64,
            _ => Image::open(&object)?.program_bytes()?.saturating_sub(lowered.table_bytes as u64),
        };
        let linked = Linked { path, program_bytes };
        self.image = Some(linked.clone());
        Ok(linked)
    }
}
