//! Figures that are kept in the tree, so that a change shows what it costs: `bench/sizes.txt` and `bench/counts.txt`.
//!
//! Both depend on the sources and the compiler's version only: sizes are those of linked images, counts are of executed
//! instructions.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Result, bail};

use crate::setup;
use crate::table::{self, Options, Row};
use crate::tree::{cargo, root, say, step};

/// Boards that the figures are stated for.
pub const TARGETS: [&str; 2] = ["mps2-an386", "rv32-virt"];
/// How they are executed there.
pub const ENGINES: [&str; 2] = ["bytecode", "aot"];

/// Writes `bench/sizes.txt`.
pub fn sizes() -> Result<()> {
    let rows = rows()?;
    let mut text = String::from(
        "Bytes: of the source, of the program in its bytecode image (code and constants), of flash in whole images.\n\n",
    );
    write!(text, "{:<16}{:>8}{:>9}", "program", "source", "program")?;
    header(&mut text)?;
    for group in rows.chunks(TARGETS.len() * ENGINES.len()) {
        let name = &group[0].program;
        let source = fs::metadata(root().join(format!("bench/programs/{name}.js")))?.len();
        let program = group.iter().find(|row| row.engine == "bytecode");
        let program = cell(program.and_then(|row| row.number("/program_bytes")));
        write!(text, "{name:<16}{source:>8}{program:>9}")?;
        figures(&mut text, group, "/flash")?;
    }
    save("bench/sizes.txt", &text)
}

/// Writes `bench/counts.txt`.
pub fn counts() -> Result<()> {
    let rows = rows()?;
    let mut text = String::from("Instructions that the programs execute, set-up not included.\n\n");
    write!(text, "{:<16}", "program")?;
    header(&mut text)?;
    for group in rows.chunks(TARGETS.len() * ENGINES.len()) {
        write!(text, "{:<16}", group[0].program)?;
        figures(&mut text, group, "/instructions/run")?;
    }
    save("bench/counts.txt", &text)
}

/// Runs everything; an image that prints something else than Node does not count.
fn rows() -> Result<Vec<Row>> {
    setup::run()?;
    step("Release build of jerboa", &mut cargo(&["build", "--release", "--package", "jerboa-cli"]))?;
    let programs = Options::default().programs(&root().join("bench/programs"))?;
    let configurations: Vec<_> = TARGETS.iter().flat_map(|t| ENGINES.iter().map(move |e| (*t, *e))).collect();
    let rows = table::fill(&programs, &configurations)?;
    match rows.iter().find(|row| row.verdict != "equal") {
        Some(row) => bail!("{} on {}, {}: {}", row.program, row.target, row.engine, row.verdict),
        None => Ok(rows),
    }
}

fn header(text: &mut String) -> Result<()> {
    for target in TARGETS {
        for engine in ENGINES {
            write!(text, "{:>21}", format!("{target} {engine}"))?;
        }
    }
    text.push('\n');
    Ok(())
}

fn figures(text: &mut String, group: &[Row], path: &str) -> Result<()> {
    for row in group {
        write!(text, "{:>21}", cell(row.number(path)))?;
    }
    text.push('\n');
    Ok(())
}

fn cell(figure: Option<u64>) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| figure.to_string())
}

pub(crate) fn save(name: &str, text: &str) -> Result<()> {
    fs::write(root().join(name), text)?;
    say(&format!("Wrote {name}"));
    Ok(())
}
