//! Tasks of this tree, started by `./x`: what a machine needs, the whole test run, the conformance suite, the tables of figures.
//!
//! Everything about targets and images is the `jerboa` binary's own work; the tasks only call it.

mod check;
mod heaps;
mod npm;
mod setup;
mod sizes;
mod snapshot;
mod table;
mod test262;
mod tree;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
Usage: ./x TASK

  setup                 Install what is missing: Rust components and targets, QEMU, Node
  test                  setup, formatting, lints, all tests, the corpus on all engines and targets
  test sizes            Only the last but one: whether images are as small as bench/sizes.txt says
  test262 CHECKOUT [OPTIONS] [NAME]
                        Run the tests of a checkout of test262 that are of our language
  demo [OPTIONS] [NAME] Run examples/ on every engine and target and print one table
  bench [OPTIONS] [NAME] The same for bench/programs, on the Cortex-M4 board
  bench host            The same for bench/host, on this machine and in WebAssembly
  bench sizes           Write bench/sizes.txt: what the images of bench/programs take
  bench counts          Write bench/counts.txt: the instructions that they execute
  bench heaps [NAME]    Write bench/heaps.txt: the least memory that they run in, and what it costs them. With names: print
                        the lines of these programs instead

Options of demo and bench:
  --targets LIST        Only these targets, separated by commas
  --engines LIST        Only these engines
  NAME                  Only programs whose name contains this

Options of test262:
  --engine LIST         bytecode (the default), aot, wasm, m4-bytecode, m4-aot, rv32-bytecode, rv32-aot
  --tiers LIST          Only these: early, modules, async, classes, generators, language; array, string, regexp, typed,
                        promise, collections, numbers, objects
  --every N             Only every Nth test of each tier, in the order of their paths
  --jobs N              How many at a time: all processors if it is not given
  --out FILE            Write the outcome of each test to a file
  --snapshot            Write the table into docs/conformance.md
  NAME                  Only tests whose path contains this
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("x: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((task, rest)) = arguments.split_first() else {
        eprint!("{USAGE}");
        return Ok(ExitCode::from(2));
    };
    match (task.as_str(), rest) {
        ("setup", []) => setup::run()?,
        ("test", []) => check::run()?,
        ("test", [what]) if what == "sizes" => sizes::run()?,
        ("test262", rest) => return test262::run(rest),
        ("demo", rest) => return table::demo(&table::Options::parse(rest)?),
        ("bench", [what]) if what == "sizes" => snapshot::sizes()?,
        ("bench", [what]) if what == "counts" => snapshot::counts()?,
        ("bench", [what]) if what == "host" => return table::host(),
        ("bench", [what, rest @ ..]) if what == "heaps" => heaps::run(&table::Options::parse(rest)?)?,
        ("bench", rest) => return table::bench(&table::Options::parse(rest)?),
        ("help" | "--help" | "-h", _) => print!("{USAGE}"),
        _ => bail!("unknown task `{}`\n\n{USAGE}", arguments.join(" ")),
    }
    Ok(ExitCode::SUCCESS)
}
