//! `bench/heaps.txt`: the least memory that each program runs in on the Cortex-M4 board, and what little memory costs.
//!
//! Least: the output is still Node's. The heap is searched first, with stack to spare, then the stack with such heaps;
//! the machine stack of the interpreter's own frames is what the emulator saw used. Counts are of executed instructions,
//! so that everything here is the same on every machine.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::setup;
use crate::snapshot::save;
use crate::table::{Expected, Options};
use crate::tree::{cargo, jerboa, root, step};

const TARGET: &str = "mps2-an386";
const ENGINES: [&str; 2] = ["bytecode", "aot"];

/// More heap and stack than any of the programs needs, in bytes.
const AMPLE_HEAP: u32 = 1 << 20;
const AMPLE_STACK: u32 = 16 << 10;

/// Seconds that a run may take: a program that does nothing but collect does not pass for one that runs.
const LIMIT: &str = "60";

/// What was found out about one program on one engine. Bytes and instructions.
struct Line {
    program: String,
    engine: &'static str,
    heap: u32,
    stack: u32,
    machine_stack: u64,
    /// With ample memory, then with 1, 1.5 and 2 times the least heap.
    instructions: [u64; 4],
}

/// Writes `bench/heaps.txt`.
pub fn run() -> Result<()> {
    setup::run()?;
    step("Release build of jerboa", &mut cargo(&["build", "--release", "--package", "jerboa-cli"]))?;
    let programs = Options::default().programs(&root().join("bench/programs"))?;
    let jobs: Vec<(PathBuf, &'static str)> =
        programs.iter().flat_map(|p| ENGINES.iter().map(move |e| (p.clone(), *e))).collect();
    let next = AtomicUsize::new(0);
    let lines = Mutex::new(Vec::new());
    let work = || -> Result<()> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((program, engine)) = jobs.get(index) else { return Ok(()) };
            let line = Search::new(program, engine, index)?.line()?;
            lines.lock().expect("no worker panics").push((index, line));
        }
    };
    thread::scope(|scope| {
        let workers = [scope.spawn(work), scope.spawn(work)];
        workers.into_iter().try_for_each(|worker| worker.join().expect("no worker panics"))
    })?;
    let mut lines = lines.into_inner().expect("no worker panics");
    lines.sort_by_key(|(index, _)| *index);
    save("bench/heaps.txt", &text(lines.iter().map(|(_, line)| line))?)
}

fn text<'a>(lines: impl Iterator<Item = &'a Line>) -> Result<String> {
    let mut text = String::from(
        "Least memory on mps2-an386 in bytes: heap, stack of the program, machine stack beside them, sum; and executed\n\
         instructions with ample memory, then as multiples of that with 1, 1.5 and 2 times the least heap.\n\n",
    );
    write!(text, "{:<16}{:<10}", "program", "engine")?;
    for title in ["heap", "stack", "machine", "sum"] {
        write!(text, "{title:>9}")?;
    }
    writeln!(text, "{:>14}{:>8}{:>8}{:>8}", "ample", "1x", "1.5x", "2x")?;
    for line in lines {
        let sum = u64::from(line.heap) + u64::from(line.stack) + line.machine_stack;
        write!(text, "{:<16}{:<10}{:>9}{:>9}", line.program, line.engine, line.heap, line.stack)?;
        write!(text, "{:>9}{sum:>9}{:>14}", line.machine_stack, line.instructions[0])?;
        for count in &line.instructions[1..] {
            write!(text, "{:>8.2}", *count as f64 / line.instructions[0] as f64)?;
        }
        text.push('\n');
    }
    Ok(text)
}

/// A program whose least memory is looked for.
struct Search<'a> {
    program: &'a Path,
    engine: &'static str,
    expected: Expected,
    stats: PathBuf,
}

impl<'a> Search<'a> {
    fn new(program: &'a Path, engine: &'static str, index: usize) -> Result<Search<'a>> {
        let stats = env::temp_dir().join(format!("jerboa-heaps-{}-{index}.json", std::process::id()));
        Ok(Search { program, engine, expected: Expected::of(program)?, stats })
    }

    fn line(&self) -> Result<Line> {
        let program = self.program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        eprintln!("    {program}, {}", self.engine);
        let Some(ample) = self.measure(AMPLE_HEAP, AMPLE_STACK)? else {
            bail!("{program} as {} does not print what Node prints, with ample memory", self.engine);
        };
        let heap = least(AMPLE_HEAP, |heap| Ok(self.measure(heap, AMPLE_STACK)?.is_some()))?;
        let heaps = [heap, heap / 2 * 3, heap * 2];
        // Library functions may take another, deeper way when there is little heap, or much.
        let stack = least(AMPLE_STACK, |stack| {
            for heap in heaps.into_iter().chain([AMPLE_HEAP]) {
                if self.measure(heap, stack)?.is_none() {
                    return Ok(false);
                }
            }
            Ok(true)
        })?;
        let mut instructions = [instructions_of(&ample)?; 4];
        let mut machine_stack = 0;
        for (count, heap) in instructions[1..].iter_mut().zip(heaps) {
            let Some(stats) = self.measure(heap, stack)? else {
                bail!("{program} as {} runs in less heap than {heap} bytes, but not in that", self.engine);
            };
            *count = instructions_of(&stats)?;
            machine_stack = number(&stats, "/machine_stack_peak")?.max(machine_stack);
        }
        // It is only there if the last run got that far.
        let _ = fs::remove_file(&self.stats);
        Ok(Line { program, engine: self.engine, heap, stack, machine_stack, instructions })
    }

    /// The statistics, if the program prints what it should.
    fn measure(&self, heap: u32, stack: u32) -> Result<Option<Value>> {
        let output = Command::new(jerboa())
            .arg("run")
            .arg(self.program)
            .args(["-t", TARGET, "--engine", self.engine, "--timeout", LIMIT])
            .args(["--heap", &heap.to_string(), "--stack", &stack.to_string(), "--stats"])
            .arg(&self.stats)
            .stdin(Stdio::null())
            .output()
            .context("jerboa run")?;
        if !self.expected.is(&output) {
            return Ok(None);
        }
        Ok(Some(serde_json::from_slice(&fs::read(&self.stats)?)?))
    }
}

fn instructions_of(stats: &Value) -> Result<u64> {
    number(stats, "/instructions/run")
}

fn number(stats: &Value, path: &str) -> Result<u64> {
    stats.pointer(path).and_then(Value::as_u64).with_context(|| format!("no {path} in the statistics"))
}

/// The least multiple of 16 that is enough, if `most` is.
fn least(most: u32, mut enough: impl FnMut(u32) -> Result<bool>) -> Result<u32> {
    let (mut little, mut much) = (0, most / 16);
    while little + 1 < much {
        let middle = little.midpoint(much);
        if enough(16 * middle)? { much = middle } else { little = middle }
    }
    Ok(16 * much)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_ends_at_the_border() {
        for border in [1, 15, 16, 17, 1000, 1008] {
            assert_eq!(least(1 << 20, |n| Ok(n >= border)).unwrap(), u32::div_ceil(border, 16) * 16);
        }
    }
}
