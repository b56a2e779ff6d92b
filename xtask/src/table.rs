//! Programs on every engine and target, as one table: whether the output is Node's, and what the image costs.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::setup;
use crate::tree::{cargo, jerboa, root, say, step};

/// Targets with the engines that they run.
const CONFIGURATIONS: &[(&str, &[&str])] = &[
    ("host", &["bytecode", "aot"]),
    ("wasm32", &["wasm"]),
    ("mps2-an385", &["bytecode", "aot"]),
    ("mps2-an386", &["bytecode", "aot"]),
    ("mps2-an505", &["bytecode", "aot"]),
    ("rv32-virt", &["bytecode", "aot"]),
    ("hifive1", &["bytecode", "aot"]),
];

/// Which part of the table is wanted.
#[derive(Debug, Default)]
pub struct Options {
    targets: Option<Vec<String>>,
    engines: Option<Vec<String>>,
    names: Vec<String>,
}

impl Options {
    /// Reads the arguments that follow the task's name.
    pub fn parse(arguments: &[String]) -> Result<Options> {
        let mut options = Options::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let list = match argument.as_str() {
                "--targets" => &mut options.targets,
                "--engines" => &mut options.engines,
                flag if flag.starts_with('-') => bail!("unknown option `{flag}`"),
                name => {
                    options.names.push(name.to_owned());
                    continue;
                }
            };
            let value = rest.next().with_context(|| format!("`{argument}` needs a list"))?;
            *list = Some(value.split(',').map(str::to_owned).collect());
        }
        Ok(options)
    }

    /// Whether nothing was left out.
    pub(crate) fn is_everything(&self) -> bool {
        self.targets.is_none() && self.engines.is_none() && self.names.is_empty()
    }

    fn configurations(&self) -> Vec<(&'static str, &'static str)> {
        let wanted = |list: &Option<Vec<String>>, name: &str| {
            list.as_ref().is_none_or(|l| l.iter().any(|n| n == name))
        };
        let all =
            CONFIGURATIONS.iter().flat_map(|(target, engines)| engines.iter().map(move |e| (*target, *e)));
        all.filter(|(target, engine)| wanted(&self.targets, target) && wanted(&self.engines, engine))
            .collect()
    }

    pub(crate) fn programs(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        let mut programs = Vec::new();
        for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
            let mut path = entry?.path();
            if path.is_dir() {
                // A program of several modules is a folder with this file.
                path.push("main.ts");
            }
            let is_program = path.is_file()
                && path.extension().is_some_and(|e| e == "js" || e == "mjs" || e == "ts" || e == "mts");
            let name = program_name(&path);
            if is_program && (self.names.is_empty() || self.names.iter().any(|n| name.contains(n.as_str()))) {
                programs.push(path);
            }
        }
        programs.sort();
        if programs.is_empty() {
            bail!("{} has no such program", folder.display());
        }
        Ok(programs)
    }
}

/// The name of a program's file, or of the folder of its modules.
fn program_name(program: &Path) -> String {
    let stem = program.file_stem().unwrap_or_default();
    let folder = program.parent().and_then(Path::file_name);
    let name = if stem == "main" { folder.unwrap_or(stem) } else { stem };
    name.to_string_lossy().into_owned()
}

/// `examples/` everywhere.
pub fn demo(options: &Options) -> Result<ExitCode> {
    setup::run()?;
    print(&options.programs(&root().join("examples"))?, &options.configurations())
}

/// `bench/programs` on the board that the project's figures are stated for, unless others are named.
pub fn bench(options: &Options) -> Result<ExitCode> {
    setup::run()?;
    let mut configurations = options.configurations();
    if options.targets.is_none() {
        configurations.retain(|(target, _)| *target == "mps2-an386");
    }
    print(&options.programs(&root().join("bench/programs"))?, &configurations)
}

/// `bench/host`, larger programs than devices run, in the engines of this machine and in WebAssembly.
pub fn host() -> Result<ExitCode> {
    setup::run()?;
    let mut configurations = Options::default().configurations();
    configurations.retain(|(target, _)| matches!(*target, "host" | "wasm32"));
    print(&Options::default().programs(&root().join("bench/host"))?, &configurations)
}

/// Runs one small program everywhere, so that the runtimes are built before anything is timed.
pub fn warm_up() -> Result<()> {
    let folder = env::temp_dir();
    let program = folder.join(format!("jerboa-warm-up-{}.js", std::process::id()));
    fs::write(&program, "\"use strict\";\nconsole.log(\"ready\");\n")?;
    let mut jobs = Vec::new();
    for (target, engine) in Options::default().configurations() {
        jobs.push((target, engine, false));
        if target == "host" {
            jobs.push((target, engine, true));
        }
    }
    say("Runtimes for all targets");
    for (target, engine, stress) in jobs {
        let mut command = Command::new(jerboa());
        command.arg("run").arg(&program).args(["-t", target, "--engine", engine]);
        command.args(stress.then_some("--gc-stress"));
        let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().context("jerboa run")?;
        if !output.status.success() || output.stdout != b"ready\n" {
            bail!("a one-line program does not run on {target} with {engine}");
        }
    }
    fs::remove_file(&program)?;
    Ok(())
}

/// A line of the table.
pub(crate) struct Row {
    pub program: String,
    pub target: &'static str,
    pub engine: &'static str,
    pub verdict: &'static str,
    pub stats: Option<Value>,
}

impl Row {
    /// A figure by its path in the statistics.
    pub fn number(&self, path: &str) -> Option<u64> {
        self.stats.as_ref()?.pointer(path)?.as_u64()
    }
}

/// Fills and prints the table; fails if an output differs.
fn print(programs: &[PathBuf], configurations: &[(&'static str, &'static str)]) -> Result<ExitCode> {
    step("Release build of jerboa", &mut cargo(&["build", "--release", "--package", "jerboa-cli"]))?;
    let rows = fill(programs, configurations)?;

    println!(
        "{:<16} {:<12} {:<9} {:<9} {:>9} {:>9} {:>9} {:>9} {:>14}",
        "program", "target", "engine", "output", "flash", "program", "RAM", "set-up", "instructions"
    );
    for row in &rows {
        let number = |path: &str| row.number(path);
        let cell = |value: Option<u64>| value.map_or_else(|| "-".to_owned(), grouped);
        let parts = ["/ram_static", "/heap/peak", "/stack_peak"].map(number);
        let ram = parts.iter().copied().sum::<Option<u64>>();
        println!(
            "{:<16} {:<12} {:<9} {:<9} {:>9} {:>9} {:>9} {:>9} {:>14}",
            row.program,
            row.target,
            row.engine,
            row.verdict,
            cell(number("/flash")),
            cell(number("/program_bytes")),
            cell(ram),
            cell(number("/instructions/setup")),
            cell(number("/instructions/run")),
        );
    }
    let wrong = rows.iter().filter(|row| row.verdict != "equal").count();
    println!();
    println!("{} runs, {} with Node's output and status.", rows.len(), rows.len() - wrong);
    println!("Sizes in bytes; RAM: static variables, peak of the heap, peak of the machine stack.");
    println!("Instructions are executed ones, counted in the emulator: set-up, then the program's run.");
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a program should print, and its exit status.
pub(crate) struct Expected {
    stdout: Vec<u8>,
    status: Option<i32>,
}

impl Expected {
    /// What Node makes of a program. Node does not run TypeScript: what such a program should print is beside it, and the
    /// corpus's tests use the same file.
    pub fn of(program: &Path) -> Result<Expected> {
        if program.extension().is_some_and(|ending| ending == "ts" || ending == "mts") {
            let file = program.with_extension("out");
            let stdout = fs::read(&file).with_context(|| format!("{}", file.display()))?;
            return Ok(Expected { stdout, status: Some(0) });
        }
        let prelude = root().join("tests/node-prelude.js");
        let output =
            Command::new("node").arg("--require").arg(prelude).arg(program).output().context("node")?;
        Ok(Expected { stdout: output.stdout, status: output.status.code() })
    }

    /// Whether this is what a run of ours printed, and how it ended.
    pub fn is(&self, output: &Output) -> bool {
        output.stdout == self.stdout && output.status.code() == self.status
    }
}

/// Runs everything, two at a time: figures are counts, which other processes do not disturb.
pub(crate) fn fill(
    programs: &[PathBuf],
    configurations: &[(&'static str, &'static str)],
) -> Result<Vec<Row>> {
    let expected = programs.iter().map(|program| Expected::of(program)).collect::<Result<Vec<_>>>()?;
    let jobs: Vec<(usize, (&str, &str))> =
        (0..programs.len()).flat_map(|p| configurations.iter().map(move |c| (p, *c))).collect();
    let next = AtomicUsize::new(0);
    let rows = Mutex::new(Vec::new());
    let work = || -> Result<()> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(&(program, (target, engine))) = jobs.get(index) else { return Ok(()) };
            let row = measure(&programs[program], target, engine, &expected[program], index)?;
            rows.lock().expect("no worker panics").push((index, row));
        }
    };
    thread::scope(|scope| {
        let workers = [scope.spawn(work), scope.spawn(work)];
        workers.into_iter().try_for_each(|worker| worker.join().expect("no worker panics"))
    })?;
    let mut rows = rows.into_inner().expect("no worker panics");
    rows.sort_by_key(|(index, _)| *index);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

fn measure(
    program: &Path,
    target: &'static str,
    engine: &'static str,
    expected: &Expected,
    index: usize,
) -> Result<Row> {
    let name = program_name(program);
    eprintln!("    {name} on {target}, {engine}");
    let file = env::temp_dir().join(format!("jerboa-stats-{}-{index}.json", std::process::id()));
    let output = Command::new(jerboa())
        .arg("run")
        .arg(program)
        .args(["-t", target, "--engine", engine, "--stats"])
        .arg(&file)
        .stdin(Stdio::null())
        .output()
        .context("jerboa run")?;
    let stats = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    // It is absent where the program was refused.
    let _ = fs::remove_file(&file);
    let verdict = if output.status.code() == Some(3) {
        "refused"
    } else if output.stdout != expected.stdout {
        "differs"
    } else if output.status.code() != expected.status {
        "status"
    } else {
        "equal"
    };
    if verdict != "equal" {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        eprint!("{name} on {target}, {engine}: {verdict} ({})\n{text}", output.status);
    }
    Ok(Row { program: name, target, engine, verdict, stats })
}

/// `1234567` as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        assert_eq!([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn options_choose_configurations() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let options = Options::parse(&words("--targets host,wasm32 --engines aot fib")).unwrap();
        assert_eq!(options.configurations(), [("host", "aot")]);
        assert_eq!(options.names, ["fib"]);
        assert!(Options::parse(&words("--target host")).is_err());
    }
}
