//! Finds the programs of the corpus and reads the directives in their headers.
//!
//! The header is the run of `//` lines at the top of a file. A line of the form `// key: value`, where the
//! key is one lower-case word, is a directive; any other line is prose:
//!
//! ```text
//! // heap: 32k            bytes of heap to run in (suffix k: 1024); 64k if absent
//! // exit: 1              expected exit status; 0 if absent
//! // stderr: TypeError    text that standard error must contain; may be repeated
//! // timeout: 30          seconds for one run, in place of the runner's limit
//! // fuel: 10000          limit of calls and turns of loops; such a program has no end in Node, and is not run there
//! // skip: aot,wasm why   configurations (or `*`) that do not run this program, and the reason
//! // oracle: tsc why      what the expected output comes from, and why not from Node; such a program is not run there
//! ```
//!
//! A program of several files is a folder with its entry, `main.mjs`, `main.js` or `main.ts`, which has the header, and the
//! output in `main.out`.
//!
//! An unknown key is an error, so that a misspelt directive does not silently become prose.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Heap given to a program whose header does not ask for a size, in bytes.
pub const DEFAULT_HEAP: u32 = 64 * 1024;

/// What is expected of a file of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Runs and prints what its `.out` file holds.
    Program,
    /// Is refused with exit status 3 and a diagnostic that contains each line of its `.code` file.
    Diagnostic,
}

/// The directives of a file's header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Bytes of heap to run in.
    pub heap: u32,
    /// Expected exit status.
    pub exit: i32,
    /// Texts that standard error must contain.
    pub stderr: Vec<String>,
    /// Seconds that one run may take, where the program needs its own limit.
    pub timeout: Option<u64>,
    /// Calls and turns of loops after which it is to be stopped. Node has no such limit, so its output is not blessed.
    pub fuel: Option<u32>,
    /// Configurations that do not run this program.
    pub skips: Vec<Skip>,
    /// What tells the right output, if Node can not.
    pub oracle: Option<String>,
}

/// A `// skip:` directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    /// Name of a configuration, or `*` for all of them.
    pub config: String,
    /// Why it is skipped; never empty.
    pub reason: String,
}

/// A file of the corpus.
#[derive(Clone, Debug)]
pub struct Program {
    /// `topic/name`, which filters match.
    pub name: String,
    /// The source.
    pub path: PathBuf,
    /// The file that holds the expectation: `.out` or `.code`.
    pub expected: PathBuf,
    /// Which of the two it is.
    pub kind: Kind,
    /// Its directives.
    pub header: Header,
}

impl Program {
    /// The reason for which `config` does not run this program, if it does not.
    pub fn skip_reason(&self, config: &str) -> Option<&str> {
        let skip = self.header.skips.iter().find(|skip| skip.config == config || skip.config == "*")?;
        Some(&skip.reason)
    }
}

/// A header that can not be understood.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum HeaderError {
    /// The key is none of those that the module's documentation lists.
    #[error("unknown directive `{0}` (known: heap, exit, stderr, timeout, fuel, skip, oracle)")]
    UnknownKey(String),
    /// The value is not of the form that the key wants.
    #[error("`{key}: {value}`: expected {expected}")]
    BadValue {
        /// The directive.
        key: String,
        /// What follows it.
        value: String,
        /// What should follow it.
        expected: &'static str,
    },
}

/// A corpus that can not be read.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A folder or file can not be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// What was to be read.
        path: PathBuf,
        /// Why it could not be.
        source: io::Error,
    },
    /// A header is malformed.
    #[error("{}: {source}", path.display())]
    Header {
        /// The program.
        path: PathBuf,
        /// What is wrong with its header.
        source: HeaderError,
    },
}

/// Reads the directives at the top of `source`.
pub fn parse_header(source: &str) -> Result<Header, HeaderError> {
    let mut header = Header {
        heap: DEFAULT_HEAP,
        exit: 0,
        stderr: Vec::new(),
        timeout: None,
        fuel: None,
        skips: Vec::new(),
        oracle: None,
    };
    for line in source.lines() {
        let Some(comment) = line.strip_prefix("//") else { break };
        let Some((key, value)) = comment.trim().split_once(':') else { continue };
        if key.is_empty() || !key.bytes().all(|b| b.is_ascii_lowercase()) {
            continue;
        }
        let value = value.trim();
        let bad =
            |expected| HeaderError::BadValue { key: key.to_string(), value: value.to_string(), expected };
        match key {
            "heap" => header.heap = parse_bytes(value).ok_or_else(|| bad("bytes, such as 8192 or 8k"))?,
            "exit" => header.exit = value.parse().map_err(|_| bad("an exit status"))?,
            "stderr" if value.is_empty() => return Err(bad("a text")),
            "stderr" => header.stderr.push(value.to_string()),
            "timeout" => header.timeout = Some(value.parse().map_err(|_| bad("seconds"))?),
            "fuel" => header.fuel = Some(value.parse().map_err(|_| bad("a number"))?),
            "oracle" if !value.contains(' ') => return Err(bad("a tool and a reason")),
            "oracle" => header.oracle = Some(value.to_string()),
            "skip" => {
                let (configs, reason) =
                    value.split_once(' ').ok_or_else(|| bad("configurations and a reason"))?;
                header.skips.extend(
                    configs
                        .split(',')
                        .map(|config| Skip { config: config.to_string(), reason: reason.trim().to_string() }),
                );
            }
            _ => return Err(HeaderError::UnknownKey(key.to_string())),
        }
    }
    Ok(header)
}

fn parse_bytes(text: &str) -> Option<u32> {
    match text.strip_suffix('k') {
        Some(kib) => kib.parse::<u32>().ok()?.checked_mul(1024),
        None => text.parse().ok(),
    }
}

/// All files of the corpus under `root` (the folder that holds `programs/` and `diagnostics/`), by name. The
/// programs in a neighbouring folder `examples` belong to it too, so that they stay right.
pub fn discover(root: &Path) -> Result<Vec<Program>, CorpusError> {
    let mut found = Vec::new();
    for topic in sorted_entries(&root.join("programs"))? {
        if topic.is_dir() {
            read_folder(&topic, Kind::Program, &mut found)?;
        }
    }
    let examples = root.join("../examples");
    if examples.is_dir() {
        read_folder(&examples, Kind::Program, &mut found)?;
    }
    read_folder(&root.join("diagnostics"), Kind::Diagnostic, &mut found)?;
    Ok(found)
}

/// Entries of programs in several files.
const ENTRIES: &[&str] = &["main.mjs", "main.js", "main.ts"];

fn read_folder(folder: &Path, kind: Kind, found: &mut Vec<Program>) -> Result<(), CorpusError> {
    let topic = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for entry in sorted_entries(folder)? {
        let several = ENTRIES.iter().map(|name| entry.join(name)).find(|path| path.is_file());
        let stem = entry.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let path = match several {
            Some(path) => path,
            None if entry.extension().is_some_and(|extension| extension == "js") => entry,
            None => continue,
        };
        // A source that must be refused need not be UTF-8.
        let bytes = fs::read(&path).map_err(|source| CorpusError::Io { path: path.clone(), source })?;
        let mut header = parse_header(&String::from_utf8_lossy(&bytes))
            .map_err(|source| CorpusError::Header { path: path.clone(), source })?;
        let expected = match kind {
            Kind::Program => path.with_extension("out"),
            Kind::Diagnostic => {
                header.exit = 3;
                path.with_extension("code")
            }
        };
        found.push(Program { name: format!("{topic}/{stem}"), path, expected, kind, header });
    }
    Ok(())
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let error = |source| CorpusError::Io { path: folder.to_path_buf(), source };
    let mut entries = fs::read_dir(folder)
        .map_err(error)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()
        .map_err(error)?;
    entries.sort();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_are_read_until_the_first_line_of_code() {
        let header = parse_header(
            "// A program: prose with a colon.\n// heap: 8k\n// exit: 1\n// stderr: TypeError: x\n\
             // skip: aot,wasm no linker\n\"use strict\";\n// exit: 7\n",
        )
        .unwrap();
        assert_eq!((header.heap, header.exit, header.timeout), (8192, 1, None));
        assert_eq!(header.stderr, ["TypeError: x"]);
        assert_eq!(header.skips.len(), 2);
        assert_eq!(header.skips[1], Skip { config: "wasm".into(), reason: "no linker".into() });
    }

    #[test]
    fn a_misspelt_directive_is_an_error() {
        assert_eq!(parse_header("// heep: 8k\n"), Err(HeaderError::UnknownKey("heep".into())));
        assert!(matches!(parse_header("// heap: lots\n"), Err(HeaderError::BadValue { .. })));
        assert!(matches!(parse_header("// skip: aot\n"), Err(HeaderError::BadValue { .. })));
    }

    #[test]
    fn every_program_is_strict_and_has_an_expectation() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let programs = discover(root).unwrap();
        assert!(programs.iter().filter(|p| p.kind == Kind::Program).count() >= 150);
        for program in &programs {
            assert!(program.expected.is_file(), "{} has no expectation; bless it", program.name);
            let is_script = program.path.extension().is_some_and(|extension| extension == "js")
                && program.path.file_stem().is_some_and(|stem| stem != "main");
            if program.kind == Kind::Program && is_script {
                let source = fs::read_to_string(&program.path).unwrap();
                let first = source.lines().find(|line| !line.starts_with("//")).unwrap_or("");
                assert!(first.starts_with("\"use strict\";"), "{} is not strict", program.name);
            }
        }
    }
}
