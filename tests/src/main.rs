//! `jerboa-tests`: runs the corpus on a list of configurations.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Parser;
use jerboa_tests::config::{self, Config};
use jerboa_tests::exec;
use jerboa_tests::judge::judge;
use jerboa_tests::node::{self, Node};
use jerboa_tests::program::{self, Kind, Program};
use jerboa_tests::runner::{Tally, Verdict, run_all};
use jerboa_tests::sweep;

/// Runs the programs of the corpus and compares what they print with what Node prints.
#[derive(Parser)]
#[command(name = "jerboa-tests", version)]
struct Options {
    /// Run only the programs whose `topic/name` contains one of these texts.
    filters: Vec<String>,
    /// Configurations, by name or group (host, device, gc, sweep, all); those run by default if absent.
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    config: Vec<String>,
    /// Runs at a time.
    #[arg(short, long, default_value_t = 2, value_name = "N")]
    jobs: usize,
    /// Seconds that one run may take.
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    timeout: u64,
    /// The compiler under test [default: $JERBOA, else target/release/jerboa].
    #[arg(long, value_name = "PATH")]
    jerboa: Option<PathBuf>,
    /// The oracle.
    #[arg(long, default_value = "node", value_name = "PATH")]
    node: PathBuf,
    /// Folder that holds `programs/` and `diagnostics/` [default: that of this crate].
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Rewrite the expected outputs from what Node prints.
    #[arg(long)]
    bless: bool,
    /// Check that Node still prints the expected outputs; runs nothing of Jerboa.
    #[arg(long, conflicts_with = "bless")]
    verify_node: bool,
    /// Print the names of the programs and configurations, and run nothing.
    #[arg(long)]
    list: bool,
    /// Also print the runs that pass.
    #[arg(short, long)]
    verbose: bool,
}

/// How long the runtime of a target may take to build on a slow machine.
const BUILD_LIMIT: Duration = Duration::from_secs(1200);

/// A program on a configuration; none if Node runs it.
struct Job<'a> {
    program: &'a Program,
    config: Option<Config>,
}

impl Job<'_> {
    fn config_name(&self) -> &'static str {
        self.config.map_or("node", |config| config.name)
    }
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Does what the options ask and gives the number of failures.
fn run(options: &Options) -> Result<usize> {
    let root = options.root.clone().unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    let mut programs = program::discover(&root)?;
    if !options.filters.is_empty() {
        programs.retain(|program| options.filters.iter().any(|filter| program.name.contains(filter)));
    }
    if programs.is_empty() {
        bail!("no program's name contains {}", options.filters.join(" or "));
    }
    let configs = match config::choose(&options.config) {
        Ok(configs) => configs,
        Err(word) => bail!("no configuration is called `{word}`; `--list` shows them"),
    };
    if options.list {
        for program in &programs {
            println!("{}", program.name);
        }
        for config in config::CONFIGS.iter().chain([&config::DIAGNOSTICS]) {
            let note = if config.by_default { "" } else { " (on request)" };
            println!("config {}: {} {}{note}", config.name, config.target, config.engine);
        }
        return Ok(0);
    }
    let limit = Duration::from_secs(options.timeout);
    let node = Node { executable: options.node.clone(), root: root.clone(), limit };
    if options.bless {
        return bless(&node, &programs, options.jobs);
    }
    if options.verify_node {
        // Node words what it writes to standard error in its own way; only stdout and the status are compared.
        for program in &mut programs {
            program.header.stderr.clear();
        }
        let jobs: Vec<Job> = programs
            .iter()
            .filter(|program| node::has_oracle(program))
            .map(|program| Job { program, config: None })
            .collect();
        return Ok(report(options, &jobs, &sweep::Counts::default(), |job| {
            verdict(job.program, || node.run(job.program).context("cannot start Node"))
        }));
    }
    let jerboa = find_jerboa(options, &root)?;
    let jobs: Vec<Job> = configs
        .iter()
        .flat_map(|&config| {
            let kind = if config == config::DIAGNOSTICS { Kind::Diagnostic } else { Kind::Program };
            programs
                .iter()
                .filter(move |program| program.kind == kind)
                .filter(move |program| !config.sweep || sweep::PROGRAMS.contains(&program.name.as_str()))
                .map(move |program| Job { program, config: Some(config) })
        })
        .collect();
    if jobs.is_empty() {
        bail!("the chosen configurations run none of the chosen programs");
    }
    prepare(&jerboa, &jobs)?;
    let counts = sweep::Counts::default();
    let failed = report(options, &jobs, &counts, |job| {
        let Some(config) = job.config else { unreachable!("only --verify-node makes jobs without one") };
        if let Some(reason) = job.program.skip_reason(config.name) {
            return Verdict::Skipped(reason.to_string());
        }
        let limit = job.program.header.timeout.map_or(limit, Duration::from_secs);
        let path = job.program.path.to_string_lossy();
        let mut command = Command::new(&jerboa);
        command.args(config.arguments(&path, job.program.header.heap));
        command.args(job.program.header.fuel.map(|fuel| format!("--fuel={fuel}")));
        if config.sweep {
            return match exec::run(&mut command, limit) {
                Ok(outcome) => counts.add(config.name, &outcome),
                Err(error) => Verdict::Failed(format!("  cannot start {}: {error}\n", jerboa.display())),
            };
        }
        verdict(job.program, || {
            exec::run(&mut command, limit).with_context(|| format!("cannot start {}", jerboa.display()))
        })
    });
    Ok(failed)
}

/// Runs one program in each configuration, whatever comes of it: the first run builds the runtime of its target, for which
/// the limit of a test is too short.
fn prepare(jerboa: &Path, jobs: &[Job]) -> Result<()> {
    let mut last = None;
    for job in jobs {
        let Some(config) = job.config.filter(|config| Some(*config) != last) else { continue };
        last = Some(config);
        let path = job.program.path.to_string_lossy();
        let mut command = Command::new(jerboa);
        command.args(config.arguments(&path, job.program.header.heap));
        exec::run(&mut command, BUILD_LIMIT).with_context(|| format!("cannot start {}", jerboa.display()))?;
    }
    Ok(())
}

/// The compiler under test: the option, the environment, or what a release build leaves in the tree.
fn find_jerboa(options: &Options, root: &Path) -> Result<PathBuf> {
    if let Some(path) = options.jerboa.clone().or_else(|| std::env::var_os("JERBOA").map(PathBuf::from)) {
        return Ok(path);
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("../target"), PathBuf::from);
    let path = target.join("release/jerboa");
    if !path.is_file() {
        bail!("{} does not exist: run `cargo build --release`, or name it with --jerboa", path.display());
    }
    Ok(path.canonicalize()?)
}

fn verdict(program: &Program, run: impl FnOnce() -> Result<exec::Outcome>) -> Verdict {
    let expected = match fs::read_to_string(&program.expected) {
        Ok(expected) => expected,
        Err(error) => return Verdict::Failed(format!("  {}: {error}\n", program.expected.display())),
    };
    match run() {
        Ok(outcome) => match judge(program, &expected, &outcome) {
            Ok(()) => Verdict::Passed,
            Err(difference) => Verdict::Failed(difference),
        },
        Err(error) => Verdict::Failed(format!("  {error:#}\n")),
    }
}

/// Runs the jobs, prints failures as they come and a summary at the end; gives the number of failures.
fn report(
    options: &Options,
    jobs: &[Job],
    counts: &sweep::Counts,
    job: impl Fn(&Job) -> Verdict + Sync,
) -> usize {
    let start = Instant::now();
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut total = Tally::default();
    let mut failures = Vec::new();
    let mut skips: BTreeMap<String, usize> = BTreeMap::new();
    run_all(jobs, options.jobs, job, |job, verdict| {
        let (name, config) = (&job.program.name, job.config_name());
        total.count(verdict);
        tallies.entry(config).or_default().count(verdict);
        match verdict {
            Verdict::Passed if options.verbose => println!("pass {name} [{config}]"),
            Verdict::Passed => {}
            Verdict::Skipped(reason) => {
                *skips.entry(format!("{name}: {reason}")).or_default() += 1;
            }
            Verdict::Failed(difference) => {
                println!("FAIL {name} [{config}]\n{difference}{}", advice(job));
                failures.push(format!("{name} [{config}]"));
            }
        }
    });
    for (skip, times) in &skips {
        println!("skip {skip} ({times} configurations)");
    }
    if !failures.is_empty() {
        println!("failures:");
        for failure in &failures {
            println!("  {failure}");
        }
    }
    for (config, tally) in &tallies {
        println!("{config:>16}: {tally}");
    }
    print!("{counts}");
    println!("{} runs in {:.1} s", jobs.len(), start.elapsed().as_secs_f64());
    println!("{total}");
    total.failed
}

/// How to repeat a failed job, and what to do if the expectation is at fault.
fn advice(job: &Job) -> String {
    let name = &job.program.name;
    let rerun = match job.config {
        Some(config) => format!("--config {} {name}", config.name),
        None => format!("--verify-node {name}"),
    };
    let mut text = format!("  again: cargo run -p jerboa-tests -- {rerun}\n");
    match job.program.kind {
        Kind::Program => {
            text += &format!("  bless: cargo run -p jerboa-tests -- --bless {name} (takes Node's output)\n");
        }
        Kind::Diagnostic => text += &format!("  expectation: {}\n", job.program.expected.display()),
    }
    text
}

/// Rewrites the expectations of `programs`; gives the number of those that Node does not support.
fn bless(node: &Node, programs: &[Program], jobs: usize) -> Result<usize> {
    if !node::has_prelude(&node.root) {
        bail!("{} holds no prelude for Node", node.root.display());
    }
    let programs: Vec<&Program> = programs.iter().filter(|program| node::has_oracle(program)).collect();
    let mut tally = Tally::default();
    // A rewritten file counts as passed, one that already was right as skipped.
    let job = |program: &&Program| match node.bless(program) {
        Ok(true) => Verdict::Passed,
        Ok(false) => Verdict::Skipped("unchanged".to_string()),
        Err(reason) => Verdict::Failed(reason),
    };
    run_all(&programs, jobs, job, |program, verdict| {
        tally.count(verdict);
        match verdict {
            Verdict::Passed => println!("blessed {}", program.name),
            Verdict::Failed(reason) => println!("FAIL {}\n{reason}", program.name),
            Verdict::Skipped(_) => {}
        }
    });
    println!("{} blessed, {} unchanged, {} refused", tally.passed, tally.skipped, tally.failed);
    Ok(tally.failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jerboa_tests::exec::End;

    #[test]
    fn options_are_consistent() {
        use clap::CommandFactory;
        Options::command().debug_assert();
        let options = Options::parse_from(["jerboa-tests", "--config", "aot,gc", "-j", "3", "json"]);
        assert_eq!((options.config.len(), options.jobs, options.filters.len()), (2, 3, 1));
    }

    #[test]
    fn a_command_that_cannot_start_is_a_failure() {
        let program = Program {
            name: "t/p".into(),
            path: "p.js".into(),
            expected: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"),
            kind: Kind::Program,
            header: program::parse_header("").unwrap(),
        };
        let missing = || exec::run(&mut Command::new("./no such command"), Duration::from_secs(1));
        assert!(matches!(verdict(&program, || missing().context("start")), Verdict::Failed(_)));
        let ended = verdict(&program, || {
            Ok(exec::Outcome { end: End::Signalled(11), stdout: Vec::new(), stderr: Vec::new() })
        });
        assert!(matches!(ended, Verdict::Failed(text) if text.contains("signal 11")));
    }
}
