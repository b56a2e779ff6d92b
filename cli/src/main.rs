//! The `jerboa` command: arguments in, exit status out. What it prints to stdout is only the command's product;
//! progress and diagnostics go to stderr.

mod arguments;
mod commands;
mod compile;
mod driver;
mod failure;
mod host_vm;
mod render;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

/// The frontend and the optimiser recurse over the program's nesting, which is bounded; this is enough for the bound.
const COMPILER_STACK: usize = jerboa_frontend::STACK_BYTES;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let worker = std::thread::Builder::new().stack_size(COMPILER_STACK).spawn(move || dispatch(&arguments));
    let outcome = match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(outcome)) => outcome,
        // The panic message is on stderr already.
        Ok(Err(_)) => {
            eprintln!("this is a bug of Jerboa's; please report it with the program that shows it");
            return ExitCode::from(failure::STATUS_BUG);
        }
        Err(error) => Err(failure::Failure::Action(error.into())),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            failure.print();
            ExitCode::from(failure.status())
        }
    }
}

fn dispatch(arguments: &Arguments) -> Result<u8, failure::Failure> {
    let registry = driver::target::Registry::new(arguments.targets_dir.as_deref());
    match &arguments.command {
        Command::Build(args) => commands::build::run(&registry, args),
        Command::Run(args) => commands::run::run(&registry, args),
        Command::Check(args) => commands::check::run(args),
        Command::Inspect(args) => commands::inspect::run(args),
        Command::Size(args) => commands::size::run(&registry, args),
        Command::Targets => commands::targets::run(&registry),
        Command::Doctor => commands::doctor::run(&registry),
    }
}
