//! Running one test: the harness before it, a sentinel behind it, and what became of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::metadata::Metadata;
use super::profile;
use crate::tree::jerboa;

/// Seconds that a test may take.
const LIMIT: &str = "60";
/// What a test that should succeed prints when it has reached its end: ending quietly is not enough.
const SENTINEL: &str = "test262: reached the end";
/// The host's function by which asynchronous tests report.
const PRINT: &str = "function print(text) { console.log(text); }\n";

/// A test of the profile.
pub struct Test {
    /// Below the suite's `test`, with slashes.
    pub path: String,
    pub tier: &'static str,
    pub metadata: Metadata,
}

/// An engine on a target, under the name that the corpus gives it.
#[derive(Clone, Copy)]
pub struct Engine {
    pub name: &'static str,
    target: &'static str,
    engine: &'static str,
}

impl Engine {
    /// Whether programs run beside a compiler, so that they can evaluate code.
    fn has_compiler(self) -> bool {
        self.name == "bytecode"
    }
}

/// All that can be asked for.
pub const ENGINES: &[Engine] = &[
    Engine { name: "bytecode", target: "host", engine: "bytecode" },
    Engine { name: "aot", target: "host", engine: "aot" },
    Engine { name: "wasm", target: "wasm32", engine: "wasm" },
    Engine { name: "m4-bytecode", target: "mps2-an386", engine: "bytecode" },
    Engine { name: "m4-aot", target: "mps2-an386", engine: "aot" },
    Engine { name: "rv32-bytecode", target: "rv32-virt", engine: "bytecode" },
    Engine { name: "rv32-aot", target: "rv32-virt", engine: "aot" },
];

/// What became of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Pass,
    /// An assertion does not hold.
    Wrong,
    /// Another exception.
    Error,
    /// It did not get to its end and did not say so, or should have failed and did not.
    Silent,
    /// Refused, though the language has it.
    Refused,
    /// A bug that ended the compiler or the program.
    Crash,
    Timeout,
    /// Refused by this documented code.
    Outside(&'static str),
    /// It evaluates code, and the compiler is not there.
    Evaluates,
}

impl Outcome {
    /// The word in lists.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Pass => "pass",
            Outcome::Wrong => "wrong",
            Outcome::Error => "error",
            Outcome::Silent => "silent",
            Outcome::Refused => "refused",
            Outcome::Crash => "crash",
            Outcome::Timeout => "timeout",
            Outcome::Outside(code) => code,
            Outcome::Evaluates => "evaluates",
        }
    }

    /// Whether the test counts neither as passed nor as failed.
    pub fn is_outside(self) -> bool {
        matches!(self, Outcome::Outside(_) | Outcome::Evaluates)
    }
}

/// Runs a test in a folder of its own, which is removed again. The outcome, and the first line of what it complained about.
///
/// # Errors
/// If files can not be read or written, or `jerboa` can not be started.
pub fn run(suite: &Path, test: &Test, engine: Engine, folder: &Path) -> Result<(Outcome, String)> {
    fs::create_dir_all(folder)?;
    let program = write(suite, test, folder)?;
    let output = Command::new(jerboa())
        .args(["run", "-t", engine.target, "--engine", engine.engine, "--timeout", LIMIT])
        .arg(&program)
        .stdin(Stdio::null())
        .output()
        .context("jerboa run")?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let outcome = match judge(&test.metadata, output.status.code(), &stdout, &stderr) {
        // An assertion may have seen another error than the one that says that nothing can be evaluated.
        Outcome::Wrong if !engine.has_compiler() && evaluates(&suite.join("test").join(&test.path))? => {
            Outcome::Evaluates
        }
        outcome => outcome,
    };
    fs::remove_dir_all(folder)?;
    let complaint = stderr.lines().find(|line| !line.starts_with("warning") && !line.is_empty());
    Ok((outcome, complaint.unwrap_or_default().to_owned()))
}

/// Whether a test calls indirect `eval` or the constructor of functions, by one of the forms that the suite has.
fn evaluates(test: &Path) -> Result<bool> {
    let text = fs::read_to_string(test).with_context(|| test.display().to_string())?;
    let forms = [
        "(0, eval)(",
        "(0,eval)(",
        "= eval;",
        "new Function(",
        "= Function(",
        " Function(",
        "(Function(",
        "AsyncFunction(",
        "GeneratorFunction(",
        "function*(){}.constructor",
    ];
    Ok(forms.iter().any(|form| text.contains(form)))
}

/// Writes the program, and the files that it imports, beside it.
fn write(suite: &Path, test: &Test, folder: &Path) -> Result<PathBuf> {
    let source = suite.join("test").join(&test.path);
    let text = fs::read_to_string(&source).with_context(|| source.display().to_string())?;
    let metadata = &test.metadata;
    let mut program = String::new();
    if !metadata.has("raw") {
        let own: &[&str] = &["assert.js", "sta.js"];
        let asynchronous: &[&str] = if metadata.has("async") { &["doneprintHandle.js"] } else { &[] };
        if !metadata.has("module") {
            program += "\"use strict\";\n";
        }
        program += PRINT;
        let files =
            own.iter().chain(asynchronous).copied().chain(metadata.includes.iter().map(String::as_str));
        for file in files {
            let file = suite.join("harness").join(file);
            program += &fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            program.push('\n');
        }
    }
    program += &text;
    if expects_sentinel(metadata) {
        program += &format!("\nprint({SENTINEL:?});\n");
    }

    if metadata.has("module") {
        fs::write(folder.join("package.json"), "{\"type\":\"module\"}")?;
    }
    let place = source.parent().expect("a test is in a folder");
    let name = source.file_name().expect("a test has a name");
    let mut texts = vec![(PathBuf::new(), text)];
    while let Some((from, text)) = texts.pop() {
        for specifier in relative_specifiers(&text) {
            let file = from.join(specifier);
            let (original, copy) = (place.join(&file), folder.join(&file));
            if specifier.starts_with("../") || file == name || copy.exists() || !original.is_file() {
                continue;
            }
            let text = fs::read(&original)?;
            fs::create_dir_all(copy.parent().expect("it is in a folder"))?;
            fs::write(copy, &text)?;
            texts.push((
                file.parent().unwrap_or(Path::new("")).to_owned(),
                String::from_utf8_lossy(&text).into_owned(),
            ));
        }
    }
    let path = folder.join(name);
    fs::write(&path, program)?;
    Ok(path)
}

/// String literals that begin as the specifiers of files do.
fn relative_specifiers(text: &str) -> impl Iterator<Item = &str> {
    let pieces = ["'./", "\"./"].into_iter().flat_map(|start| text.split(start).skip(1));
    pieces.filter_map(|piece| piece.split(['\'', '"', '\n']).next())
}

fn expects_sentinel(metadata: &Metadata) -> bool {
    metadata.negative.is_none() && !metadata.has("async") && !metadata.has("raw")
}

/// What the status and the output of `jerboa run` say. Its statuses are those that `jerboa run --help` lists.
fn judge(metadata: &Metadata, status: Option<i32>, stdout: &str, stderr: &str) -> Outcome {
    match status {
        None | Some(101) => return Outcome::Crash,
        Some(4) => return Outcome::Timeout,
        _ => {}
    }
    let failed = status != Some(0);
    if let Some(negative) = &metadata.negative {
        let early = negative.phase != "runtime";
        return if failed && stderr.contains(&negative.error) && (status == Some(3)) == early {
            Outcome::Pass
        } else if let Some(code) = profile::refusal(stderr) {
            Outcome::Outside(code)
        } else if failed {
            Outcome::Error
        } else {
            Outcome::Silent
        };
    }
    if status == Some(3) {
        return profile::refusal(stderr).map_or(Outcome::Refused, Outcome::Outside);
    }
    // What comes after the end of a test, such as rejections without a handler, is the host's business.
    let at_end = if metadata.has("async") {
        stdout.contains("Test262:AsyncTestComplete")
    } else {
        expects_sentinel(metadata) && stdout.contains(SENTINEL)
    };
    if failed && !at_end || stdout.contains("AsyncTestFailure") {
        let said = |what: &str| stderr.contains(what) || stdout.contains(what);
        return if said("EvalError: Code generation from strings") {
            Outcome::Evaluates
        } else if said("Test262Error") {
            Outcome::Wrong
        } else {
            Outcome::Error
        };
    }
    if at_end || !metadata.has("async") && !expects_sentinel(metadata) {
        Outcome::Pass
    } else {
        Outcome::Silent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ending_quietly_is_not_passing() {
        let plain = Metadata::default();
        assert_eq!(judge(&plain, Some(0), "", ""), Outcome::Silent);
        assert_eq!(judge(&plain, Some(0), SENTINEL, ""), Outcome::Pass);
        assert_eq!(judge(&plain, Some(1), "", "Uncaught #<Test262Error>"), Outcome::Wrong);
        let asynchronous = Metadata { flags: vec!["async".into()], ..Metadata::default() };
        assert_eq!(judge(&asynchronous, Some(0), SENTINEL, ""), Outcome::Silent);
        assert_eq!(judge(&asynchronous, Some(0), "Test262:AsyncTestComplete", ""), Outcome::Pass);
    }

    #[test]
    fn early_errors_are_found_by_the_compiler() {
        let metadata = Metadata::of("/*---\nnegative:\n  phase: parse\n  type: SyntaxError\n---*/");
        assert_eq!(judge(&metadata, Some(3), "", "error[E0001]: SyntaxError: no"), Outcome::Pass);
        assert_eq!(judge(&metadata, Some(1), "", "Uncaught SyntaxError: no"), Outcome::Error);
        assert_eq!(judge(&metadata, Some(0), "", ""), Outcome::Silent);
        assert_eq!(judge(&metadata, Some(3), "", "error[E0401]: direct eval"), Outcome::Outside("E0401"));
    }

    #[test]
    fn specifiers_are_found() {
        let found: Vec<_> =
            relative_specifiers("import './a.js'; export * from \"./b/c.js\"; '../d'").collect();
        assert_eq!(found, ["a.js", "b/c.js"]);
    }
}
