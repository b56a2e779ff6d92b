//! `./x test262`: the ECMAScript conformance suite, from a checkout of it, on one engine or several.
//!
//! The profile (`profile.rs`) is what `docs/language.md` says the language is. Which of its tests fail is known: `known.txt`
//! lists them by cause, and the task fails if others do. Tables in `docs/conformance.md` are written by the task.

mod metadata;
mod profile;
mod report;
mod run;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use anyhow::{Context, Result, bail};

use self::metadata::Metadata;
use self::run::{ENGINES, Engine, Outcome, Test};
use crate::tree::{cargo, root, say, step};

/// Tests that are known to fail, with the reasons.
const KNOWN: &str = "tests/test262/known.txt";

/// What is to be run.
struct Options {
    suite: PathBuf,
    engines: Vec<Engine>,
    tiers: Option<Vec<String>>,
    names: Vec<String>,
    /// Only every so manyth test of each tier, in the order of paths.
    every: usize,
    jobs: usize,
    /// Where the outcome of each test is written to.
    out: Option<PathBuf>,
    /// Whether `docs/conformance.md` gets the table.
    snapshot: bool,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Options> {
        let jobs = thread::available_parallelism().map_or(1, usize::from);
        let mut options = Options {
            suite: PathBuf::new(),
            engines: vec![ENGINES[0]],
            tiers: None,
            names: Vec::new(),
            every: 1,
            jobs,
            out: None,
            snapshot: false,
        };
        let mut suite = None;
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().with_context(|| format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--engine" => options.engines = engines(value()?)?,
                "--tiers" => options.tiers = Some(tiers(value()?)?),
                "--every" => options.every = value()?.parse().context("`--every` needs a number")?,
                "--jobs" => options.jobs = value()?.parse().context("`--jobs` needs a number")?,
                "--out" => options.out = Some(value()?.into()),
                "--snapshot" => options.snapshot = true,
                flag if flag.starts_with('-') => bail!("unknown option `{flag}`"),
                path if suite.is_none() => suite = Some(PathBuf::from(path)),
                name => options.names.push(name.to_owned()),
            }
        }
        options.suite = suite.context("name a checkout of https://github.com/tc39/test262")?;
        if !options.suite.join("harness/sta.js").is_file() {
            bail!("{} is no checkout of test262", options.suite.display());
        }
        if options.every == 0 || options.jobs == 0 {
            bail!("`--every` and `--jobs` are at least 1");
        }
        Ok(options)
    }

    /// The command that repeats this, for the snapshot.
    fn command(&self) -> String {
        let names: Vec<_> = self.engines.iter().map(|engine| engine.name).collect();
        let mut command = "./x test262 CHECKOUT".to_owned();
        if self.every > 1 {
            command += &format!(" --every {}", self.every);
        }
        if names != ["bytecode"] {
            command += &format!(" --engine {}", names.join(","));
        }
        command
    }
}

fn engines(list: &str) -> Result<Vec<Engine>> {
    let find = |name: &str| {
        let names: Vec<_> = ENGINES.iter().map(|engine| engine.name).collect();
        let engine = ENGINES.iter().copied().find(|engine| engine.name == name);
        engine.with_context(|| format!("engines are {}", names.join(", ")))
    };
    list.split(',').map(find).collect()
}

fn tiers(list: &str) -> Result<Vec<String>> {
    let wanted: Vec<String> = list.split(',').map(str::to_owned).collect();
    match wanted.iter().find(|tier| !profile::TIERS.contains(&tier.as_str())) {
        Some(_) => bail!("tiers are {}", profile::TIERS.join(", ")),
        None => Ok(wanted),
    }
}

/// What became of one test on one engine.
struct Ran {
    test: usize,
    engine: usize,
    outcome: Outcome,
    complaint: String,
}

/// Runs the suite as the arguments say. Fails if a test fails that is not known to, or if engines differ.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let options = Options::parse(arguments)?;
    step("Release build of jerboa", &mut cargo(&["build", "--release", "--package", "jerboa-cli"]))?;
    let (tests, outside) = collect(&options)?;
    say(&format!("{} tests; {} are not of the profile", tests.len(), outside.values().sum::<usize>()));
    let mut results = execute(&options, &tests)?;
    results.sort_by_key(|ran| (ran.engine, ran.test));
    if let Some(out) = &options.out {
        fs::write(out, report::list(&options.engines, &tests, &results))?;
    }
    let known = known()?;
    let verdict = report::Report::new(&options, &tests, &results, &known);
    print!("{}", verdict.text);
    if options.snapshot {
        report::snapshot(&options.command(), &verdict.table)?;
    }
    Ok(if verdict.as_expected { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The tests to run in the order of their paths, and how many are outside of the profile for what reason.
fn collect(options: &Options) -> Result<(Vec<Test>, BTreeMap<&'static str, usize>)> {
    let base = options.suite.join("test");
    let mut paths = Vec::new();
    for folder in ["language", "built-ins"] {
        files(&base, folder, &mut paths)?;
    }
    paths.sort();
    let mut outside: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut seen: HashMap<&'static str, usize> = HashMap::new();
    let mut tests = Vec::new();
    for path in paths {
        let source = fs::read_to_string(base.join(&path)).with_context(|| path.clone())?;
        let metadata = Metadata::of(&source);
        if let Some(why) = profile::outside(&metadata, &source) {
            *outside.entry(why).or_default() += 1;
            continue;
        }
        let tier = profile::tier(&path, &metadata);
        let number = seen.entry(tier).or_default();
        let chosen = number.is_multiple_of(options.every)
            && options.tiers.as_ref().is_none_or(|tiers| tiers.iter().any(|name| name == tier))
            && (options.names.is_empty() || options.names.iter().any(|name| path.contains(name.as_str())));
        *number += 1;
        if chosen {
            tests.push(Test { path, tier, metadata });
        }
    }
    Ok((tests, outside))
}

fn files(base: &Path, folder: &str, paths: &mut Vec<String>) -> Result<()> {
    let place = base.join(folder);
    for entry in fs::read_dir(&place).with_context(|| place.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{folder}/{name}");
        if entry.file_type()?.is_dir() {
            files(base, &path, paths)?;
        } else if name.ends_with(".js") && !name.contains("_FIXTURE") {
            paths.push(path);
        }
    }
    Ok(())
}

/// Runs all tests on all engines, several at a time.
fn execute(options: &Options, tests: &[Test]) -> Result<Vec<Ran>> {
    let folder = env::temp_dir().join(format!("jerboa-test262-{}", std::process::id()));
    let total = tests.len() * options.engines.len();
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(total));
    let work = || -> Result<()> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= total {
                return Ok(());
            }
            let (engine, test) = (index / tests.len(), index % tests.len());
            let place = folder.join(index.to_string());
            let (outcome, complaint) =
                run::run(&options.suite, &tests[test], options.engines[engine], &place)?;
            if (index + 1).is_multiple_of(1000) {
                eprintln!("    {} of {total}", index + 1);
            }
            results.lock().expect("no worker panics").push(Ran { test, engine, outcome, complaint });
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..options.jobs).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("no worker panics"))
    })?;
    // It is not there if nothing was run.
    let _ = fs::remove_dir_all(&folder);
    Ok(results.into_inner().expect("no worker panics"))
}

/// Paths of tests that are known to fail.
fn known() -> Result<Vec<String>> {
    let text = fs::read_to_string(root().join(KNOWN)).context(KNOWN)?;
    Ok(text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect())
}
