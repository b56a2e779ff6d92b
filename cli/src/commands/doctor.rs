//! `jerboa doctor`: says which tools are there and which are missing.
use crate::driver::doctor;
use crate::driver::target::Registry;
use crate::failure::{Failure, STATUS_FAILED};
use std::io::Write;

/// Prints a line for each tool; fails if one is missing.
pub fn run(registry: &Registry) -> Result<u8, Failure> {
    let checks = doctor::checks(registry)?;
    let width = checks.iter().map(|c| c.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    let mut status = 0;
    for check in &checks {
        let (mark, text) = match &check.found {
            Ok(found) => ("ok", found),
            Err(help) => {
                status = STATUS_FAILED;
                ("missing", help)
            }
        };
        out.push_str(&format!("{mark:7}  {:width$}  {}: {text}\n", check.name, check.purpose));
    }
    std::io::stdout().write_all(out.as_bytes()).map_err(anyhow::Error::from)?;
    Ok(status)
}
