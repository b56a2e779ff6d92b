//! The whole test run, cheapest steps first.

use std::process::Command;

use anyhow::Result;

use crate::tree::{cargo, quietly, root, say, step};
use crate::{npm, setup, sizes, table};

/// The crate that is linked into images stands outside the workspace.
const IMAGE: &str = "runtime-rt/image/Cargo.toml";
/// Compiled by the driver on its own, so that no crate names it as a module.
const PLUGIN: &str = "cli/src/driver/qemu_plugin.rs";

/// Sets up and checks everything.
pub fn run() -> Result<()> {
    setup::run()?;

    step("Formatting", &mut cargo(&["fmt", "--all", "--check"]))?;
    step("Formatting of the image crate", &mut cargo(&["fmt", "--check", "--manifest-path", IMAGE]))?;
    let mut rustfmt = Command::new("rustfmt");
    step(
        "Formatting of the plugin",
        rustfmt.current_dir(root()).args(["--check", "--edition=2024", PLUGIN]),
    )?;

    step(
        "Lints",
        &mut cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    )?;
    image_lints()?;

    step("Release build", &mut cargo(&["build", "--release", "--workspace", "--bins"]))?;
    // In the release profile, so that the dependencies are built once: they are most of the time on two cores.
    step("Tests of the crates", &mut cargo(&["test", "--quiet", "--release", "--workspace"]))?;

    let corpus = ["run", "--quiet", "--release", "--package", "jerboa-tests", "--"];
    table::warm_up()?;
    sizes::run()?;
    step("The corpus in Node", cargo(&corpus).arg("--verify-node"))?;
    npm::run()?;
    step("The corpus on every engine and target", &mut cargo(&corpus))?;
    say("All tests passed");
    Ok(())
}

/// The image crate differs by platform: it is linted for each that this toolchain has or can build `core` for.
fn image_lints() -> Result<()> {
    let installed = quietly("rustup", &["target", "list", "--installed"]).unwrap_or_default();
    let sources = setup::has_rust_sources();
    let mut triples = vec![None];
    for triple in ["thumbv7em-none-eabi", "riscv32imac-unknown-none-elf", "wasm32-unknown-unknown"] {
        if sources || installed.lines().any(|line| line == triple) {
            triples.push(Some(triple));
        }
    }
    for triple in triples {
        let features: &[&str] =
            if triple.is_none() { &["", "self-test", "sweep"] } else { &["", "self-test"] };
        for features in features {
            let mut clippy = cargo(&["clippy", "--quiet", "--manifest-path", IMAGE, "--features", features]);
            clippy.arg("--target-dir").arg(root().join(".jerboa/lint"));
            if sources && triple.is_some() {
                clippy.arg("-Zbuild-std=core,alloc").env("RUSTC_BOOTSTRAP", "1");
            }
            clippy.args(triple.map(|triple| format!("--target={triple}"))).args(["--", "-D", "warnings"]);
            let place = triple.unwrap_or("this machine");
            step(&format!("Lints of the image crate for {place} [{features}]"), &mut clippy)?;
        }
    }
    Ok(())
}
