//! Sweeps: programs that are run with each of their allocations failing in turn, and with each depth of stack. The image does
//! both by itself (`runtime-rt/image/src/sweep.rs`); a run that ends well prints two lines of counts:
//!
//! ```text
//! sweep: allocation: 245 runs met the limit, 0 went on, 245 ended in a RangeError, 0 in another error
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;

use crate::exec::{End, Outcome};
use crate::runner::Verdict;

/// The programs that are swept: each for what it allocates or how it recurses.
pub const PROGRAMS: &[&str] = &[
    "algorithms/event-emitter",
    "algorithms/huffman",
    "algorithms/tokenizer",
    "arrays/sort-comparators",
    "arrays/splice",
    "console/objects",
    "errors/stack-frames",
    "exceptions/across-callbacks",
    "exceptions/throw-in-finally",
    "for-of/closures-and-finally",
    "functions/arguments-object",
    "functions/closures-deep",
    "functions/recursion",
    "functions/spread-call",
    "gc/trees",
    "json/parse-reviver",
    "json/stringify-replacer",
    "numbers/to-precision",
    "objects/define-properties",
    "objects/for-in-mutation",
    "strings/replace",
    "strings/split-join",
    "templates/conversion",
];

/// Runs that met the limit, and how they ended, by configuration and sweep.
#[derive(Default)]
pub struct Counts(Mutex<BTreeMap<(String, String), [u64; 4]>>);

impl Counts {
    /// Takes in what a sweep printed; it passed if every run went well and some met the limit.
    pub fn add(&self, config: &str, outcome: &Outcome) -> Verdict {
        let stdout = String::from_utf8_lossy(&outcome.stdout);
        let mut found = 0;
        for (sweep, numbers) in stdout.lines().filter_map(parse) {
            let mut counts = self.0.lock().expect("no holder of the lock panics");
            let sum = counts.entry((config.to_string(), sweep.to_string())).or_default();
            sum.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
            found += usize::from(numbers[0] > 0);
        }
        if outcome.end == End::Exited(0) && found == 2 {
            return Verdict::Passed;
        }
        let stderr = String::from_utf8_lossy(&outcome.stderr);
        let text: String =
            stdout.lines().chain(stderr.lines()).take(20).map(|l| format!("    {l}\n")).collect();
        Verdict::Failed(format!("  {:?}\n{text}", outcome.end))
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((config, sweep), [runs, regular, range_error, other]) in
            self.0.lock().expect("no holder of the lock panics").iter()
        {
            writeln!(
                f,
                "{config:>16}: {sweep}: {runs} runs met the limit, {regular} went on, {range_error} ended in a RangeError, \
                 {other} in another error"
            )?;
        }
        Ok(())
    }
}

/// Name and counts of a sweep's last line.
fn parse(line: &str) -> Option<(&str, [u64; 4])> {
    let (sweep, counts) = line.strip_prefix("sweep: ")?.split_once(": ")?;
    let mut numbers = counts.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok());
    let mut next = || numbers.next();
    Some((sweep, [next()?, next()?, next()?, next()?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(end: End, stdout: &str) -> Outcome {
        Outcome { end, stdout: stdout.into(), stderr: Vec::new() }
    }

    #[test]
    fn counts_are_added_up_and_faults_seen() {
        let line = |sweep| {
            format!(
                "sweep: {sweep}: 9 runs met the limit, 2 went on, 6 ended in a RangeError, 1 in another error\n"
            )
        };
        let both = line("allocation") + &line("stack");
        let counts = Counts::default();
        assert_eq!(counts.add("x", &outcome(End::Exited(0), &both)), Verdict::Passed);
        assert_eq!(counts.add("x", &outcome(End::Exited(0), &both)), Verdict::Passed);
        assert!(counts.to_string().contains("x: stack: 18 runs met the limit, 4 went on, 12 ended"));
        assert!(matches!(counts.add("y", &outcome(End::Exited(0), &line("stack"))), Verdict::Failed(_)));
        let fault = "sweep: stack 17: crashes\n".to_string() + &both;
        assert!(matches!(counts.add("y", &outcome(End::Exited(101), &fault)), Verdict::Failed(_)));
        assert!(matches!(counts.add("y", &outcome(End::Exited(0), "hello\n")), Verdict::Failed(_)));
    }

    #[test]
    fn the_programs_exist() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        for name in PROGRAMS {
            assert!(root.join("programs").join(name).with_extension("js").is_file(), "{name}");
        }
    }
}
