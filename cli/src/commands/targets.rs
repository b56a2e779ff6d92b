//! `jerboa targets`: lists the boards.
use crate::driver::target::Registry;
use crate::failure::Failure;
use std::io::Write;

/// Prints a line for each board.
pub fn run(registry: &Registry) -> Result<u8, Failure> {
    let boards = registry.boards()?;
    let width = boards.iter().map(|b| b.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for board in &boards {
        out.push_str(&format!("{:width$}  {:14}  {}\n", board.name, board.arch, board.summary));
    }
    std::io::stdout().write_all(out.as_bytes()).map_err(anyhow::Error::from)?;
    Ok(0)
}
