//! Why a command did not do its work, and the exit status that says so.
use crate::driver;
use std::io::{IsTerminal, Write};

/// Exit status of an uncaught exception or a failed action.
pub const STATUS_FAILED: u8 = 1;
/// Exit status of a refused source.
pub const STATUS_REFUSED: u8 = 3;
/// Exit status of a program that was stopped because it had used up its `--fuel` or its `--timeout`.
pub const STATUS_STOPPED: u8 = 4;
/// Exit status of a bug of ours.
pub const STATUS_BUG: u8 = 101;

/// A failure.
pub enum Failure {
    /// The source was refused; the diagnostics, rendered.
    Refused(String),
    /// Something outside the compiler failed.
    Driver(driver::Error),
    /// Something else failed.
    Action(anyhow::Error),
    /// A phase of the compiler refused what an earlier one made.
    Bug(String),
}

impl Failure {
    /// The exit status.
    pub fn status(&self) -> u8 {
        match self {
            Failure::Refused(_) => STATUS_REFUSED,
            Failure::Driver(driver::Error::TimeLimit { .. }) => STATUS_STOPPED,
            Failure::Driver(_) | Failure::Action(_) => STATUS_FAILED,
            Failure::Bug(_) => STATUS_BUG,
        }
    }

    /// Prints it to stderr.
    pub fn print(&self) {
        let (bold, red, plain) =
            if std::io::stderr().is_terminal() { ("\x1b[1m", "\x1b[31m", "\x1b[0m") } else { ("", "", "") };
        let text = match self {
            Failure::Refused(text) => text.clone(),
            Failure::Driver(error) => match error.help() {
                Some(help) => format!("{bold}{red}error{plain}{bold}: {error}{plain}\n  help: {help}\n"),
                None => format!("{bold}{red}error{plain}{bold}: {error}{plain}\n"),
            },
            Failure::Action(error) => format!("{bold}{red}error{plain}{bold}: {error:#}{plain}\n"),
            Failure::Bug(text) => format!(
                "{bold}{red}internal error{plain}{bold}: {text}{plain}\n  help: this is a bug of Jerboa's; please report \
                 it with the program that shows it\n"
            ),
        };
        // Nobody is left to tell if stderr is closed.
        let _ = std::io::stderr().write_all(text.as_bytes());
    }

    /// A bug of ours, from the error of a phase that works on our own output.
    pub fn bug(error: impl std::fmt::Display) -> Failure {
        Failure::Bug(error.to_string())
    }
}

impl From<driver::Error> for Failure {
    fn from(error: driver::Error) -> Failure {
        Failure::Driver(error)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        Failure::Action(error)
    }
}
