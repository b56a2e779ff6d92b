//! What of the machine Jerboa relies on, and what to do about what is missing.

use std::collections::BTreeSet;
use std::process::Command;

use super::process::{find_program, tool_output};
use super::target::{Flavor, Registry, RunnerKind};
use super::{Result, runtime_build, toolchain};

/// One thing that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub name: String,
    /// What it is good for.
    pub purpose: &'static str,
    /// Its version or place, or what to do to have it.
    pub found: Result<String, String>,
}

/// Looks for everything that the known boards need. Nothing is installed or built.
pub fn checks(registry: &Registry) -> Result<Vec<Check>> {
    let mut checks = vec![
        version("rustc", "builds the runtime", "install Rust by rustup"),
        version("cargo", "builds the runtime", "install Rust by rustup"),
        linker(),
    ];
    let boards = registry.boards()?;
    if boards.iter().any(|board| board.link.flavor == Flavor::Cc) {
        checks.push(version("cc", "links host programs", "install a C compiler, such as gcc"));
    }
    let runners = boards.iter().filter_map(|board| board.runner.as_ref());
    let emulators: BTreeSet<_> =
        runners.filter(|r| r.kind == RunnerKind::Qemu).filter_map(|r| r.program.as_deref()).collect();
    for emulator in emulators {
        checks.push(version(
            emulator,
            "runs device images",
            "install QEMU, or run `./x setup` in the checkout",
        ));
    }
    let triples = boards.iter().map(runtime_build::resolved_triple).collect::<Result<BTreeSet<_>>>()?;
    for triple in triples {
        let found = toolchain::core_library(&triple)
            .map(str::to_owned)
            .ok_or_else(|| "run `rustup component add rust-src`; else it is fetched on first use".to_owned());
        checks.push(Check {
            name: format!("core library for {triple}"),
            purpose: "builds the runtime",
            found,
        });
    }
    Ok(checks)
}

/// The first line that a program says about its version.
fn version(program: &str, purpose: &'static str, help: &str) -> Check {
    let found = match find_program(program) {
        None => Err(help.to_owned()),
        Some(path) => tool_output(Command::new(path).arg("--version"))
            .map(|text| text.lines().next().unwrap_or_default().to_owned())
            .map_err(|said| format!("it does not run: {said}")),
    };
    Check { name: program.into(), purpose, found }
}

fn linker() -> Check {
    let found = toolchain::lld("gnu")
        .map(|command| command.get_program().to_string_lossy().into_owned())
        .map_err(|error| error.help().unwrap_or_else(|| error.to_string()));
    Check { name: "rust-lld".into(), purpose: "links device images and wasm", found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiler_that_built_this_test_is_found() {
        let checks = checks(&Registry::new(None)).unwrap();
        let rustc = checks.iter().find(|check| check.name == "rustc").unwrap();
        assert!(rustc.found.as_ref().is_ok_and(|version| version.starts_with("rustc 1.")), "{rustc:?}");
        assert!(checks.iter().any(|check| check.name == "qemu-system-riscv32"));
        assert!(checks.iter().any(|check| check.name == "core library for thumbv7em-none-eabi"));
    }
}
