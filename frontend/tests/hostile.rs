//! Mutants of the corpus: any text ends in diagnostics or in a module that the verifier accepts.
use jerboa_frontend::{Options, Source, compile};
use jerboa_fuzz::source::Mutator;
use std::path::Path;
use std::time::{Duration, Instant};

/// Stack for compiling in a test, which is not optimised.
const STACK_BYTES: usize = jerboa_frontend::STACK_BYTES;

/// Mutants of a test run; `FUZZ_SECONDS` asks for as many as fit in that time.
const MUTANTS: u64 = 1000;

#[test]
fn mutants_are_refused_or_compiled() {
    let number = |name: &str| std::env::var(name).ok().and_then(|s| s.parse::<u64>().ok());
    let first = number("FUZZ_SEED").unwrap_or(1);
    let time = number("FUZZ_SECONDS").map(Duration::from_secs);
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
    let worker = thread.spawn(move || run(time, first)).expect("a thread");
    let (compiled, refused) = worker.join().expect("no mutant panics");
    println!("{compiled} mutants compiled, {refused} refused");
    // Guards against a generator that makes only noise or only copies.
    assert!(compiled > 50 && refused > 50, "{compiled} compiled, {refused} refused");
}

fn run(time: Option<Duration>, first: u64) -> (u32, u32) {
    let mut texts = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in [
        "tests/programs/functions",
        "tests/programs/exceptions",
        "tests/programs/statements",
        "bench/programs",
    ] {
        let mut paths: Vec<_> = std::fs::read_dir(root.join(folder))
            .expect("the corpus is there")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "js"))
            .collect();
        paths.sort();
        texts.extend(paths.iter().map(|path| std::fs::read_to_string(path).expect("readable")));
    }
    let programs: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mutator = Mutator::new(&programs);
    let start = Instant::now();
    let (mut compiled, mut refused) = (0, 0);
    for seed in first.. {
        if time.map_or(seed - first == MUTANTS, |time| start.elapsed() > time) {
            break;
        }
        let mutant = mutator.mutant(seed);
        let text = String::from_utf8_lossy(&mutant.text);
        let result =
            std::panic::catch_unwind(|| compile(&[Source::new("mutant.js", &text)], &Options::default()));
        match result {
            Ok(Ok(result)) => {
                compiled += 1;
                if let Err(error) = jerboa_ir::verify::verify(&result.module) {
                    panic!("seed {seed}: {error}\n{text}");
                }
            }
            Ok(Err(diagnostics)) => {
                refused += 1;
                assert!(!diagnostics.is_empty(), "seed {seed}: refused without a reason");
                for label in diagnostics.iter().flat_map(|d| &d.labels) {
                    assert!(text.get(label.span.clone()).is_some(), "seed {seed}: label outside of the text");
                }
            }
            Err(_) => panic!("seed {seed} panics:\n{text}"),
        }
    }
    (compiled, refused)
}
