//! Running an image where its target says.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::image::Image;
use super::process::{Deadline, Outcome, Output, Running, ScratchFolder, find_program};
use super::target::{Runner, RunnerKind, Target};
use super::{Error, Result, wasm};

/// Runs `image` to its end, at most for `limit`. The program's output goes where `output` says; nothing is added to it.
pub fn run(target: &Target, image: &Path, output: Output, limit: Option<Duration>) -> Result<Outcome> {
    let deadline = limit.map(Deadline::after);
    let runner = runner(target)?;
    match runner.kind {
        RunnerKind::Process => Running::start(&mut Command::new(image), output)?.finish(deadline),
        RunnerKind::Qemu => Running::start(&mut qemu(target, runner, image)?, output)?.finish(deadline),
        RunnerKind::Wasm => wasm::run(image, output, deadline).map(|ran| ran.outcome),
        RunnerKind::Command => {
            let scratch = ScratchFolder::new()?;
            Running::start(&mut custom(runner, image, &scratch)?, output)?.finish(deadline)
        }
    }
}

/// The target's runner.
pub(super) fn runner(target: &Target) -> Result<&Runner> {
    target.runner.as_ref().ok_or_else(|| Error::TargetLacks { target: target.name.clone(), what: "runner" })
}

/// The emulator with the image. Semihosting is on even where the console is a serial port, since the way to end may
/// need it.
pub(super) fn qemu(target: &Target, runner: &Runner, image: &Path) -> Result<Command> {
    let program = runner.program.as_deref().unwrap_or_default();
    let path = find_program(program).ok_or_else(|| Error::MissingTool {
        tool: program.into(),
        help: format!(
            "install QEMU: on Debian `apt-get install {}`, or run `./x setup`",
            debian_package(program)
        ),
    })?;
    let serial = if target.console.is_some_and(|c| c.kind.is_uart()) { "stdio" } else { "none" };
    let mut command = Command::new(path);
    command.args(["-M", runner.machine.as_deref().unwrap_or_default()]);
    command.args(["-display", "none", "-monitor", "none", "-serial", serial]);
    command.args(["-semihosting-config", "enable=on,target=native"]);
    command.args(&runner.args).arg("-kernel").arg(image);
    Ok(command)
}

fn debian_package(program: &str) -> &'static str {
    if program == "qemu-system-arm" { "qemu-system-arm" } else { "qemu-system-misc" }
}

/// A command with the image's files in the place of their names.
fn custom(runner: &Runner, image: &Path, scratch: &ScratchFolder) -> Result<Command> {
    let mut command = Command::new(runner.program.as_deref().unwrap_or_default());
    for argument in &runner.args {
        let mut argument = argument.clone();
        if argument.contains("{elf}") {
            argument = argument.replace("{elf}", &image.to_string_lossy());
        }
        if argument.contains("{bin}") {
            let path = scratch.file("image.bin");
            fs::write(&path, Image::open(image)?.to_bin()?.1).map_err(Error::io(&path))?;
            argument = argument.replace("{bin}", &path.to_string_lossy());
        }
        if argument.contains("{hex}") {
            let path = scratch.file("image.hex");
            fs::write(&path, Image::open(image)?.to_ihex()?).map_err(Error::io(&path))?;
            argument = argument.replace("{hex}", &path.to_string_lossy());
        }
        command.arg(argument);
    }
    Ok(command)
}
