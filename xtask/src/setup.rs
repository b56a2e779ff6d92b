//! What a machine needs beside Rust: looked for first, installed where it can be, named where it can not.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::tree::{has, quietly, say, step};

/// Programs that the tasks use and the Debian packages that have them.
const PROGRAMS: &[(&str, &str)] = &[
    ("cc", "gcc"),
    ("node", "nodejs"),
    ("qemu-system-arm", "qemu-system-arm"),
    ("qemu-system-riscv32", "qemu-system-misc"),
];

/// The oldest Node whose output the expected files are: older ones print errors and objects differently.
const OLDEST_NODE: u32 = 18;

/// Sees to everything.
pub fn run() -> Result<()> {
    say("Set-up");
    packages()?;
    node_version()?;
    rust_components()?;
    rust_sources();
    Ok(())
}

fn packages() -> Result<()> {
    let missing: Vec<_> = PROGRAMS.iter().filter(|(program, _)| !has(program)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|(_, package)| *package).collect();
    let list = packages.join(" ");
    let may_install = has("apt-get") && quietly("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    if !may_install {
        let programs: Vec<&str> = missing.iter().map(|(program, _)| *program).collect();
        bail!("missing: {}. Install them, on Debian by `sudo apt-get install {list}`", programs.join(", "));
    }
    step("Package lists (apt-get update)", Command::new("apt-get").args(["-qq", "update"]))?;
    let mut install = Command::new("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    install.args(["-qq", "install", "--no-install-recommends"]).args(&packages);
    step(&format!("Installing {list} (apt-get install)"), &mut install)
}

fn node_version() -> Result<()> {
    let version = quietly("node", &["--version"]).unwrap_or_default();
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => bail!("Node {OLDEST_NODE} or later is needed, this is {}", version.trim()),
    }
}

/// Formatter and linter. A Rust that is not rustup's brings its own or has none.
fn rust_components() -> Result<()> {
    for (program, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        let works = quietly(program, &["--version"]).is_some();
        if !works && has("rustup") {
            step(
                &format!("Installing {component} (rustup component add)"),
                Command::new("rustup").args(["component", "add", component]),
            )?;
        } else if !works {
            bail!("{program} is missing: install Rust's component {component}");
        }
    }
    Ok(())
}

/// The sources of Rust's core library, which jerboa builds for the targets, 15 to 90 s each. Without them it takes those of
/// Debian's packages when it first needs them, so that a failure here is not the end.
fn rust_sources() {
    if has_rust_sources() {
        return;
    }
    let debian = "jerboa will take the core library for devices from Debian's packages";
    if !has("rustup") {
        say(&format!("No rustup: {debian}"));
        return;
    }
    say("Fetching the sources of Rust's core library (rustup component add rust-src)");
    let added = Command::new("rustup").args(["component", "add", "rust-src"]).status();
    if !added.is_ok_and(|status| status.success()) {
        say(&format!("They can not be had here: {debian}"));
    }
}

/// Whether the active toolchain has the sources of Rust's core library.
pub fn has_rust_sources() -> bool {
    let sysroot = quietly("rustc", &["--print", "sysroot"]).unwrap_or_default();
    Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/core").is_dir()
}
