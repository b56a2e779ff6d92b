//! `jerboa inspect`: prints what is in an image, or a form of a program.
use super::build::Builder;
use crate::arguments::{Emit, InspectArgs};
use crate::compile;
use crate::driver::process::ScratchFolder;
use crate::driver::target::Registry;
use crate::failure::Failure;
use anyhow::Context;
use std::io::Write;

/// Prints to stdout.
pub fn run(args: &InspectArgs) -> Result<u8, Failure> {
    let file = &args.program.file;
    let form = args.emit.unwrap_or(Emit::Bytecode);
    let bytes = std::fs::read(file).with_context(|| format!("reading `{}`", file.display()))?;
    let text = if bytes.starts_with(&jerboa_abi::image::MAGIC.to_le_bytes()) {
        disassemble(&bytes)?
    } else {
        let registry = Registry::new(None);
        let target = registry.load(compile::target_name(&args.program))?;
        let module = compile::module(file)?;
        let scratch = ScratchFolder::new()?;
        let mut builder = Builder {
            registry: &registry,
            args: &args.program,
            target: &target,
            module: &module,
            scratch: &scratch,
            image: None,
        };
        match form {
            Emit::Bytecode => disassemble(&builder.bytes(form)?)?,
            Emit::Ir | Emit::Clif | Emit::Asm => String::from_utf8_lossy(&builder.bytes(form)?).into_owned(),
            _ => return Err(anyhow::anyhow!("--emit {form:?} is no text; use `jerboa build`").into()),
        }
    };
    std::io::stdout().write_all(text.as_bytes()).context("writing to stdout")?;
    Ok(0)
}

fn disassemble(image: &[u8]) -> Result<String, Failure> {
    Ok(jerboa_backend_bytecode::disassemble(image)
        .map_err(|e| anyhow::anyhow!("the image is damaged: {e}"))?)
}
