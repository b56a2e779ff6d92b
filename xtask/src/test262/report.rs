//! The figures of a run: on the terminal, in a list, and in `docs/conformance.md`.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};

use super::run::{Engine, Outcome, Test};
use super::{KNOWN, Options, Ran, profile};
use crate::tree::{root, say};

/// The page with the tables.
const PAGE: &str = "docs/conformance.md";
/// Ends a table there.
const END: &str = "<!-- end -->";

/// What a run comes to.
pub struct Report {
    /// For the terminal.
    pub text: String,
    /// For the page.
    pub table: String,
    /// Whether nothing fails but what is known to, and all engines agree.
    pub as_expected: bool,
}

/// Figures of one engine.
#[derive(Default, Clone, Copy)]
struct Count {
    passed: usize,
    failed: usize,
    outside: usize,
}

impl Count {
    fn add(&mut self, outcome: Outcome) {
        if outcome == Outcome::Pass {
            self.passed += 1;
        } else if outcome.is_outside() {
            self.outside += 1;
        } else {
            self.failed += 1;
        }
    }

    fn per_cent(self) -> String {
        match self.passed + self.failed {
            0 => "-".to_owned(),
            tests => format!("{:.2}", 100.0 * self.passed as f64 / tests as f64),
        }
    }
}

impl Report {
    /// Counts, and compares with what is known and with the first engine.
    pub fn new(options: &Options, tests: &[Test], results: &[Ran], known: &[String]) -> Report {
        let engines = &options.engines;
        let known: HashSet<&str> = known.iter().map(String::as_str).collect();
        let mut text = String::new();
        let mut as_expected = true;
        for ran in results {
            let (path, engine) = (&tests[ran.test].path, engines[ran.engine].name);
            let fails = ran.outcome != Outcome::Pass && !ran.outcome.is_outside();
            let first = &results[ran.test];
            let what = if fails && !known.contains(path.as_str()) {
                "not known to fail"
            } else if ran.outcome == Outcome::Pass && known.contains(path.as_str()) {
                "known to fail"
            } else if ran.outcome != first.outcome && ran.outcome != Outcome::Evaluates {
                "different"
            } else {
                continue;
            };
            as_expected = false;
            // Writing to a string does not fail.
            let _ = writeln!(text, "{what}: {engine} {:<8} {path}  {}", ran.outcome.name(), ran.complaint);
        }
        if !as_expected {
            let _ = writeln!(text, "\n{KNOWN} lists what is known to fail.\n");
        }
        let table = table(engines, tests, results);
        text += &table;
        let _ = writeln!(text, "\nNot counted, by the code of the refusal: {}", refused(results));
        Report { text, table, as_expected }
    }
}

/// How many tests the first engine does not count, for each code.
fn refused(results: &[Ran]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for ran in results.iter().filter(|ran| ran.engine == 0 && ran.outcome.is_outside()) {
        *counts.entry(ran.outcome.name()).or_default() += 1;
    }
    let parts: Vec<_> = counts.iter().map(|(code, count)| format!("{code} {count}")).collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

/// The table of tiers, in Markdown. An engine's tests are those that
/// are not outside for it.
fn table(engines: &[Engine], tests: &[Test], results: &[Ran]) -> String {
    let mut rows: Vec<(&str, Vec<Count>)> =
        profile::TIERS.iter().map(|tier| (*tier, vec![Count::default(); engines.len()])).collect();
    rows.push(("all", vec![Count::default(); engines.len()]));
    let all = rows.len() - 1;
    for ran in results {
        let tier = rows.iter().position(|(name, _)| *name == tests[ran.test].tier).unwrap_or(all);
        rows[tier].1[ran.engine].add(ran.outcome);
        rows[all].1[ran.engine].add(ran.outcome);
    }
    let mut table = String::from("| tier |");
    for engine in engines {
        let _ = write!(table, " {}: tests | passed | % |", engine.name);
    }
    table += "\n|---|";
    table += &"--:|--:|--:|".repeat(engines.len());
    table.push('\n');
    for (tier, counts) in rows {
        if counts.iter().all(|count| count.passed + count.failed + count.outside == 0) {
            continue;
        }
        let _ = write!(table, "| {tier} |");
        for count in counts {
            let _ =
                write!(table, " {} | {} | {} |", count.passed + count.failed, count.passed, count.per_cent());
        }
        table.push('\n');
    }
    table
}

/// Every outcome, a line each.
pub fn list(engines: &[Engine], tests: &[Test], results: &[Ran]) -> String {
    let mut text = String::new();
    for ran in results {
        let (test, engine) = (&tests[ran.test], engines[ran.engine].name);
        let outcome = ran.outcome.name();
        let _ = writeln!(text, "{engine}\t{outcome}\t{}\t{}\t{}", test.tier, test.path, ran.complaint);
    }
    text
}

/// Puts a table in the page, in the place of the one that the same command made.
pub fn snapshot(command: &str, table: &str) -> Result<()> {
    let file = root().join(PAGE);
    let page = fs::read_to_string(&file).context(PAGE)?;
    fs::write(&file, replaced(&page, command, table))?;
    say(&format!("Wrote the table in {PAGE}"));
    Ok(())
}

fn replaced(page: &str, command: &str, table: &str) -> String {
    let start = format!("<!-- {command} -->\n");
    let place = page.find(&start).and_then(|at| {
        let from = at + start.len();
        Some((from, from + page[from..].find(END)?))
    });
    match place {
        Some((from, to)) => format!("{}{table}{}", &page[..from], &page[to..]),
        None => format!("{page}\n`{command}`:\n\n{start}{table}{END}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_takes_the_place_of_the_last() {
        let page = replaced("# Page\n", "./x a", "first\n");
        let page = replaced(&page, "./x b", "other\n");
        let page = replaced(&page, "./x a", "second\n");
        assert!(
            !page.contains("first")
                && page.contains("second\n<!-- end -->")
                && page.contains("other\n<!-- end -->")
        );
        assert_eq!(page.matches("<!-- ./x a -->").count(), 1);
    }
}
