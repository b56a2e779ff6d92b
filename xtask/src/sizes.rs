//! Images must not grow unnoticed: what the programs of `bench/sizes.txt` take today against what it says.
//!
//! Images are only linked, which takes a few seconds for all.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::snapshot::{ENGINES, TARGETS};
use crate::tree::{jerboa, root, say};

/// Per cent by which an image may be larger than the snapshot says.
const TOLERANCE: u64 = 1;

/// Fails if an image of `bench/sizes.txt` is larger than it says, or if one carries `core::fmt`.
pub fn run() -> Result<()> {
    say("Sizes of images");
    let text = fs::read_to_string(root().join("bench/sizes.txt")).context("bench/sizes.txt")?;
    let snapshot = parse(&text)?;
    let mut grown = Vec::new();
    for (program, expected) in &snapshot {
        let configurations = TARGETS.iter().flat_map(|target| ENGINES.iter().map(move |e| (target, e)));
        for ((target, engine), expected) in configurations.zip(expected) {
            let image = Image::of(program, &["-t", target, "--engine", engine])?;
            image.check_parts(&format!("{program} on {target}, {engine}"))?;
            if exceeds(image.flash, *expected) {
                let per_cent = 100.0 * (image.flash as f64 / *expected as f64 - 1.0);
                grown.push(format!(
                    "{program:<12} {target}, {engine}: {} bytes, {per_cent:.1} % more than {expected}",
                    image.flash
                ));
            }
        }
    }
    for target in TARGETS {
        let all = Image::of("empty", &["-t", target, "--engine", "bytecode", "--all-builtins"])?;
        all.check_parts(&format!("the image of the whole library on {target}"))?;
    }
    if !grown.is_empty() {
        bail!(
            "images are larger than bench/sizes.txt says:\n  {}\nWhat is new in one: `jerboa size PROGRAM -t TARGET --by \
             function --diff OLD.elf`. If it is worth the bytes, `./x bench sizes` writes the table anew.",
            grown.join("\n  ")
        );
    }
    Ok(())
}

fn exceeds(bytes: u64, expected: u64) -> bool {
    bytes * 100 > expected * (100 + TOLERANCE)
}

/// Names of programs, and the sizes of their images by target and engine, from the text of the table.
fn parse(text: &str) -> Result<Vec<(String, Vec<u64>)>> {
    let mut rows = Vec::new();
    for line in text.lines().skip_while(|line| !line.starts_with("program")).skip(1) {
        let mut words = line.split_whitespace();
        let Some(program) = words.next() else { continue };
        let figures: Result<Vec<u64>, _> = words.skip(2).map(str::parse).collect();
        let figures = figures.with_context(|| format!("bench/sizes.txt, row of {program}"))?;
        if figures.len() != TARGETS.len() * ENGINES.len() {
            bail!("bench/sizes.txt, row of {program}: {} figures", figures.len());
        }
        rows.push((program.to_owned(), figures));
    }
    if rows.is_empty() {
        bail!("bench/sizes.txt has no rows");
    }
    Ok(rows)
}

/// What `jerboa size` says of a program's image.
struct Image {
    flash: u64,
    functions: Vec<String>,
}

impl Image {
    fn of(program: &str, options: &[&str]) -> Result<Image> {
        let output = Command::new(jerboa())
            .current_dir(root())
            .arg("size")
            .arg(format!("bench/programs/{program}.js"))
            .args(options)
            .args(["--by", "function", "--json"])
            .stdin(Stdio::null())
            .output()
            .context("jerboa size")?;
        if !output.status.success() {
            bail!("jerboa size {program} {}: {}", options.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        let report: Value = serde_json::from_slice(&output.stdout)?;
        let functions = report.get("parts").and_then(Value::as_object);
        Ok(Image {
            flash: report.get("flash").and_then(Value::as_u64).context("jerboa size gives no flash")?,
            functions: functions.into_iter().flat_map(|parts| parts.keys().cloned()).collect(),
        })
    }

    /// The formatting of `core` is tens of kilobytes, and comes with any assertion that can not be seen to hold.
    fn check_parts(&self, what: &str) -> Result<()> {
        let formats = |name: &&String| name.contains("4core3fmt") || name.starts_with("core::fmt");
        match self.functions.iter().find(formats) {
            Some(name) => bail!("{what} carries `core::fmt`: {name}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read() {
        let text = "Bytes.\n\nprogram  source  program  a  b  c  d\nfib  130  528  10  20  30  40\n";
        assert_eq!(parse(text).unwrap(), [("fib".to_owned(), vec![10, 20, 30, 40])]);
        assert!(parse("program\nfib 130 528 10\n").is_err());
        assert!(parse("").is_err());
    }

    #[test]
    fn one_per_cent_is_tolerated() {
        assert!(!exceeds(10_100, 10_000));
        assert!(exceeds(10_101, 10_000));
    }
}
