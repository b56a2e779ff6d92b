//! Places in the tree and ways to run its tools.

use std::env;
use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The tree's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the tree")
}

/// The binary that a release build leaves.
pub fn jerboa() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("release/jerboa")
}

/// Cargo at the root. The settings that cargo made for xtask itself are not passed on.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root()).args(arguments);
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command to its end; its output is shown.
pub fn step(what: &str, command: &mut Command) -> Result<()> {
    say(what);
    let status = command.status().with_context(|| format!("{what}: cannot start it"))?;
    if !status.success() {
        let line: Vec<_> =
            [command.get_program()].into_iter().chain(command.get_args()).map(quoted).collect();
        bail!("{what} failed; to repeat it alone: {}", line.join(" "));
    }
    Ok(())
}

/// Runs a command without showing what it says; its standard output if it succeeded.
pub fn quietly(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is in `PATH`.
pub fn has(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Progress.
pub fn say(line: &str) {
    if io::stderr().is_terminal() {
        eprintln!("\x1b[1m==> {line}\x1b[0m");
    } else {
        eprintln!("==> {line}");
    }
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    if word.contains(' ') { format!("'{word}'") } else { word.into_owned() }
}
