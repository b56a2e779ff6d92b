//! Node, the oracle: it alone produces the expected output.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::exec::{self, End, Outcome};
use crate::program::{Kind, Program};

/// Defines `print` for the programs that use it, as Jerboa does.
const PRELUDE: &str = "node-prelude.js";

/// A Node executable with the corpus's prelude.
#[derive(Clone, Debug)]
pub struct Node {
    /// The executable.
    pub executable: PathBuf,
    /// The folder that holds the prelude.
    pub root: PathBuf,
    /// Time for one program.
    pub limit: Duration,
}

impl Node {
    /// Runs `program` as a plain script.
    pub fn run(&self, program: &Program) -> io::Result<Outcome> {
        let mut command = Command::new(&self.executable);
        command.arg("--require").arg(self.root.join(PRELUDE)).arg(&program.path);
        exec::run(&mut command, self.limit)
    }

    /// Writes the expectation of `program` from what Node prints; true if the file changed.
    ///
    /// # Errors
    /// What is wrong, if Node does not end with the status that the program's header states: then the
    /// header or the program is at fault, and a blessing would hide it.
    pub fn bless(&self, program: &Program) -> Result<bool, String> {
        let outcome = self.run(program).map_err(|error| error.to_string())?;
        if outcome.end != End::Exited(program.header.exit) {
            let stderr = String::from_utf8_lossy(&outcome.stderr).into_owned();
            return Err(format!("  Node: {:?}, header: exit {}\n{stderr}", outcome.end, program.header.exit));
        }
        if fs::read(&program.expected).is_ok_and(|old| old == outcome.stdout) {
            return Ok(false);
        }
        fs::write(&program.expected, &outcome.stdout).map_err(|error| error.to_string())?;
        Ok(true)
    }
}

/// The programs that Node can speak about: not the refused sources, not those that only a limit ends, and not TypeScript.
pub fn has_oracle(program: &Program) -> bool {
    program.kind == Kind::Program && program.header.fuel.is_none() && program.header.oracle.is_none()
}

/// Whether the prelude is where it is expected.
pub fn has_prelude(root: &Path) -> bool {
    root.join(PRELUDE).is_file()
}
