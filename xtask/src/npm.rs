//! Packages from npm, as they are published: they must do what they do in Node.
//!
//! `tests/npm` pins their versions. They are installed in a private folder, once; without npm or a network the step is left out.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::tree::{has, jerboa, root, say};

/// How each program runs.
const ENGINES: &[&str] = &["bytecode", "aot", "wasm"];
/// Bytes of heap: enough for packages that were not written for devices.
const HEAP: &str = "1024k";

/// Installs the packages and runs the programs that use them.
pub fn run() -> Result<()> {
    let source = root().join("tests/npm");
    let folder = root().join(".jerboa/npm");
    if !has("npm") {
        say("Packages from npm: left out, there is no npm");
        return Ok(());
    }
    if !install(&source, &folder)? {
        say("Packages from npm: left out, they can not be fetched");
        return Ok(());
    }
    say("Packages from npm on every engine");
    let mut failures = Vec::new();
    for entry in fs::read_dir(&source)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".mjs") {
            continue;
        }
        // Packages are looked for above the program.
        let program = folder.join(&name);
        fs::copy(source.join(&name), &program).with_context(|| format!("copying {name}"))?;
        let expected = output(Command::new("node").arg(&program))?;
        for engine in ENGINES {
            let mut command = Command::new(jerboa());
            command.args(["run", "--heap", HEAP, "--engine", engine]).arg(&program);
            if output(&mut command)? != expected {
                failures.push(format!("{name} [{engine}]"));
            }
        }
    }
    if failures.is_empty() { Ok(()) } else { bail!("not as in Node: {}", failures.join(", ")) }
}

/// Whether the packages are there, at the versions of the lock file.
fn install(source: &Path, folder: &Path) -> Result<bool> {
    fs::create_dir_all(folder)?;
    let lock = fs::read(source.join("package-lock.json"))?;
    if fs::read(folder.join("installed")).is_ok_and(|installed| installed == lock) {
        return Ok(true);
    }
    for file in ["package.json", "package-lock.json"] {
        fs::copy(source.join(file), folder.join(file)).with_context(|| format!("copying {file}"))?;
    }
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]);
    let done = npm.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?.success();
    if done {
        fs::write(folder.join("installed"), lock)?;
    }
    Ok(done)
}

/// What a command prints; a failure of it is part of that.
fn output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().context("running a program")?;
    Ok(format!("{}\n{}", String::from_utf8_lossy(&output.stdout), output.status))
}
