//! `jerboa run`: compiles a program and runs it where the target says.
use super::build::Builder;
use crate::arguments::{Engine, RunArgs};
use crate::compile;
use crate::driver::count::{Stats, run_with_stats};
use crate::driver::process::{Output, ScratchFolder};
use crate::driver::run;
use crate::driver::target::{Flavor, Registry};
use crate::failure::Failure;
use crate::host_vm;
use anyhow::Context;
use jerboa_backend_bytecode::Extensible;
use std::path::Path;
use std::time::Duration;

/// Runs; the program's exit status is ours.
pub fn run(registry: &Registry, args: &RunArgs) -> Result<u8, Failure> {
    let program = &args.program;
    let target = registry.load(compile::target_name(program))?;
    let limit = match args.timeout {
        Some(seconds) => Some(
            Duration::try_from_secs_f64(seconds)
                .map_err(|_| anyhow::anyhow!("`--timeout {seconds}` is no number of seconds"))?,
        ),
        None => None,
    };
    let engine = compile::engine(program, &target);
    if program.sweep && target.link.flavor != Flavor::Cc {
        return Err(anyhow::anyhow!("`--sweep` works on the host only").into());
    }
    let in_process = engine == Engine::Bytecode
        && target.link.flavor == Flavor::Cc
        && !program.gc_stress
        && !program.sweep;
    if in_process {
        let module = compile::module_beside_compiler(&program.file)?;
        let (image, extensible) = if module.open_world {
            let compiled = Extensible::compile(&module, compile::image_options(program));
            let (image, extensible) = compiled.map_err(compile::refused)?;
            (image, Some(extensible))
        } else {
            (compile::bytecode(&module, program)?, None)
        };
        let options = host_vm::Options {
            heap: program.heap,
            stack: program.stack,
            fuel: program.fuel.map(u64::from),
            limit,
        };
        let ran = host_vm::run(&image, extensible, &options)?;
        if let Some(path) = &args.stats {
            let stats = Stats {
                heap: ran.heap,
                stack_peak: ran.stack_peak,
                program_bytes: image.sizes.program() as u64,
                ..Stats::default()
            };
            write_stats(path, &stats)?;
        }
        return Ok(ran.status);
    }
    let module = compile::module(&program.file)?;
    let scratch = ScratchFolder::new()?;
    let mut builder =
        Builder { registry, args: program, target: &target, module: &module, scratch: &scratch, image: None };
    let linked = builder.link()?;
    let outcome = match &args.stats {
        None => run::run(&target, &linked.path, Output::Inherit, limit)?,
        Some(path) => {
            let (outcome, stats) =
                run_with_stats(&target, &linked.path, Output::Inherit, limit, linked.program_bytes)?;
            write_stats(path, &stats)?;
            outcome
        }
    };
    Ok(u8::try_from(outcome.status).unwrap_or(crate::failure::STATUS_FAILED))
}

fn write_stats(path: &Path, stats: &Stats) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(stats).context("writing the statistics as JSON")?;
    std::fs::write(path, text + "\n").with_context(|| format!("writing `{}`", path.display()))?;
    Ok(())
}
