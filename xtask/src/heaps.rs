//! `bench/heaps.txt`: the least memory that each program runs in on the Cortex-M4 board, and what little memory costs.
//!
//! Least: the output is still Node's. The heap is searched first, with stack to spare, then the stack with such heaps;
//! the machine stack of the interpreter's own frames is what the emulator saw used. Counts are of executed instructions,
//! so that everything here is the same on every machine.
//!
//! A run on the board takes a link and an emulator's start, so a search begins next to where it is going to end: at what
//! `bench/heaps.txt` says, or else at what the same bytecode needs in this process, where words are as wide and objects as
//! large as on the board. Where that is right, two runs confirm it.

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
use crate::tree::{cargo, jerboa, root, say, step};

const TARGET: &str = "mps2-an386";
const ENGINES: [&str; 2] = ["bytecode", "aot"];
const FILE: &str = "bench/heaps.txt";

/// More heap and stack than any of the programs needs, in bytes.
const AMPLE_HEAP: u32 = 1 << 20;
const AMPLE_STACK: u32 = 16 << 10;

/// Where searches begin if nothing is known.
const USUAL_HEAP: u32 = 1024;
const USUAL_STACK: u32 = 512;

/// The least stack that compiled programs get, whatever is asked for (`cli/src/driver/link.rs`).
const LEAST_COMPILED_STACK: u32 = 512;

/// The program that does nothing.
const IDLE: &str = "empty";

/// Seconds that a run may take: a program that does nothing but collect does not pass for one that runs.
const LIMIT: &str = "20";

/// What was found out about one program on one engine. Bytes and instructions.
struct Line {
    program: String,
    engine: &'static str,
    heap: u32,
    stack: u32,
    machine_stack: u64,
    /// With ample memory, then with 1, 1.5 and 2 times the least heap.
    instructions: [u64; 4],
    /// What the VM itself takes, stacks not included: static variables of the image, and its roots and the module variables
    /// at the start of the arena.
    idle: [u64; 2],
}

/// Writes `bench/heaps.txt`. If only some programs are wanted, their lines are printed instead.
pub fn run(options: &Options) -> Result<()> {
    setup::run()?;
    step("Release build of jerboa", &mut cargo(&["build", "--release", "--package", "jerboa-cli"]))?;
    let programs = options.programs(&root().join("bench/programs"))?;
    // It is not there when it is written for the first time.
    let known = fs::read_to_string(root().join(FILE)).unwrap_or_default();
    let jobs: Vec<(PathBuf, &'static str)> =
        programs.iter().flat_map(|p| ENGINES.iter().map(move |e| (p.clone(), *e))).collect();
    say(&format!("Search for the least memory of {} programs", programs.len()));
    let next = AtomicUsize::new(0);
    let lines = Mutex::new(Vec::new());
    let work = || -> Result<()> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((program, engine)) = jobs.get(index) else { return Ok(()) };
            let line = Search::new(program, engine, index)?.line(&known)?;
            let mut lines = lines.lock().expect("no worker panics");
            lines.push((index, line));
            if let Some((_, line)) = lines.last() {
                eprint!("{:3} of {}  {}", lines.len(), jobs.len(), row(line));
            }
        }
    };
    thread::scope(|scope| {
        let workers = [scope.spawn(work), scope.spawn(work)];
        workers.into_iter().try_for_each(|worker| worker.join().expect("no worker panics"))
    })?;
    let mut lines = lines.into_inner().expect("no worker panics");
    lines.sort_by_key(|(index, _)| *index);
    let text = text(lines.iter().map(|(_, line)| line))?;
    if options.is_everything() {
        return save(FILE, &text);
    }
    print!("{text}");
    Ok(())
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
    let mut idle = String::new();
    for line in lines {
        text += &row(line);
        if line.program == IDLE {
            let [fixed, arena] = line.idle;
            writeln!(
                idle,
                "A VM of `{IDLE}` takes idle, {}: static RAM {fixed}, in the arena {arena}, sum {}.",
                line.engine,
                fixed + arena
            )?;
        }
    }
    if !idle.is_empty() {
        text = text + "\n" + &idle;
    }
    Ok(text)
}

fn row(line: &Line) -> String {
    let sum = u64::from(line.heap) + u64::from(line.stack) + line.machine_stack;
    let mut text = format!("{:<16}{:<10}{:>9}{:>9}", line.program, line.engine, line.heap, line.stack);
    text += &format!("{:>9}{sum:>9}{:>14}", line.machine_stack, line.instructions[0]);
    for count in &line.instructions[1..] {
        text += &format!("{:>8.2}", *count as f64 / line.instructions[0] as f64);
    }
    text + "\n"
}

/// Heap and stack of a line of the file as it is.
fn known_line(text: &str, program: &str, engine: &str) -> Option<(u32, u32)> {
    let mut lines = text.lines().map(|line| line.split_whitespace());
    lines.find_map(|mut words| {
        let same = words.next() == Some(program) && words.next() == Some(engine);
        let heap = words.next().filter(|_| same)?.parse().ok()?;
        Some((heap, words.next()?.parse().ok()?))
    })
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

    fn line(&self, known: &str) -> Result<Line> {
        let program = self.program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if !self.runs(TARGET, AMPLE_HEAP, AMPLE_STACK)? {
            bail!("{program} as {} does not print what Node prints, with ample memory", self.engine);
        }
        let (heap, stack) = match known_line(known, &program, self.engine) {
            Some(known) => known,
            None => (self.least_heap("host", USUAL_HEAP)?, USUAL_STACK),
        };
        let heap = self.least_heap(TARGET, heap)?;
        let heaps = [heap, heap / 2 * 3, heap * 2, AMPLE_HEAP];
        let mut stack = least_near(stack, AMPLE_STACK, |stack| self.runs(TARGET, heap, stack))?;
        // Library functions may take another, deeper way when there is more heap.
        for heap in &heaps[1..] {
            if !self.runs(TARGET, *heap, stack)? {
                stack = least_near(stack, AMPLE_STACK, |stack| self.runs(TARGET, *heap, stack))?;
            }
        }
        if self.engine == "aot" {
            stack = stack.max(LEAST_COMPILED_STACK);
        }
        let mut counts = [0; 4];
        let (mut machine_stack, mut idle) = (0, [0; 2]);
        for (count, heap) in counts.iter_mut().zip(heaps) {
            let stats = self.measure(heap, stack)?;
            *count = number(&stats, "/instructions/run")?;
            machine_stack = number(&stats, "/machine_stack_peak")?.max(machine_stack);
            // A larger heap has a cache of properties, too.
            if idle == [0; 2] {
                let before_heap = u64::from(heap) - number(&stats, "/heap/size")?;
                idle = [number(&stats, "/ram_static")?, before_heap];
            }
        }
        counts.rotate_right(1);
        Ok(Line { program, engine: self.engine, heap, stack, machine_stack, instructions: counts, idle })
    }

    fn least_heap(&self, target: &str, guess: u32) -> Result<u32> {
        least_near(guess, AMPLE_HEAP, |heap| self.runs(target, heap, AMPLE_STACK))
    }

    /// A run with this heap and stack. In this process programs are interpreted, whatever engine is looked at.
    fn command(&self, target: &str, heap: u32, stack: u32) -> Command {
        let mut command = Command::new(jerboa());
        let engine = if target == TARGET { self.engine } else { "bytecode" };
        command.arg("run").arg(self.program).args(["-t", target, "--engine", engine, "--timeout", LIMIT]);
        command.args(["--heap", &heap.to_string(), "--stack", &stack.to_string()]).stdin(Stdio::null());
        command
    }

    /// Whether the program prints what it should.
    fn runs(&self, target: &str, heap: u32, stack: u32) -> Result<bool> {
        let output = self.command(target, heap, stack).output().context("jerboa run")?;
        Ok(self.expected.is(&output))
    }

    /// The statistics of a run that is known to succeed.
    fn measure(&self, heap: u32, stack: u32) -> Result<Value> {
        let output = self.command(TARGET, heap, stack).arg("--stats").arg(&self.stats).output();
        if !self.expected.is(&output.context("jerboa run")?) {
            bail!("{} as {} fails only when it is measured", self.program.display(), self.engine);
        }
        let stats = serde_json::from_slice(&fs::read(&self.stats)?)?;
        fs::remove_file(&self.stats)?;
        Ok(stats)
    }
}

fn number(stats: &Value, path: &str) -> Result<u64> {
    stats.pointer(path).and_then(Value::as_u64).with_context(|| format!("no {path} in the statistics"))
}

/// The least multiple of 16 that is enough, if `most` is: steps away from `guess`, each twice the one before, until the
/// border has been passed, then bisection.
fn least_near(guess: u32, most: u32, mut enough: impl FnMut(u32) -> Result<bool>) -> Result<u32> {
    let (mut little, mut much) = (0, most / 16);
    let (mut at, mut step) = (guess / 16, 1);
    while little < at && at < much {
        if enough(16 * at)? {
            much = at;
            at = at.saturating_sub(step);
        } else {
            little = at;
            at += step;
        }
        let passed = little != 0 && much != most / 16;
        if passed {
            break;
        }
        step *= 2;
    }
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
            for guess in [0, 16, 1000, 1008, 5000, 1 << 20] {
                let found = least_near(guess, 1 << 20, |n| Ok(n >= border)).unwrap();
                assert_eq!(found, u32::div_ceil(border, 16) * 16);
            }
        }
    }

    #[test]
    fn a_right_guess_is_confirmed_at_once() {
        let mut runs = 0;
        least_near(1008, 1 << 20, |n| {
            runs += 1;
            Ok(n >= 1000)
        })
        .unwrap();
        assert_eq!(runs, 2);
    }

    #[test]
    fn lines_are_read_back() {
        let line = Line {
            program: "a".into(),
            engine: "aot",
            heap: 96,
            stack: 64,
            machine_stack: 8,
            instructions: [1; 4],
            idle: [100, 32],
        };
        let text = text([line].iter()).unwrap();
        assert_eq!(known_line(&text, "a", "aot"), Some((96, 64)));
        assert_eq!(known_line(&text, "a", "bytecode"), None);
    }

    #[test]
    fn an_idle_machine_is_stated() {
        let mut line = Line {
            program: IDLE.into(),
            engine: "bytecode",
            heap: 96,
            stack: 64,
            machine_stack: 8,
            instructions: [1; 4],
            idle: [160, 32],
        };
        assert!(text([&line].into_iter()).unwrap().contains("static RAM 160, in the arena 32, sum 192"));
        line.program = "other".into();
        assert!(!text([&line].into_iter()).unwrap().contains("idle"));
    }
}
