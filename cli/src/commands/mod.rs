//! One module a command.
pub mod build;
pub mod check;
pub mod doctor;
pub mod inspect;
pub mod run;
pub mod size;
pub mod targets;

/// Prints a line of progress to stderr.
pub fn progress(line: &str) {
    eprintln!("{line}");
}
