//! What can go wrong outside the compiler proper. Each message ends in what to do about it.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of the driver. `Display` says what happened, [`Error::help`] what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("unknown target `{name}`")]
    UnknownTarget { name: String, nearest: Option<String>, known: Vec<String> },
    #[error("target `{name}` is {what}, not a board")]
    NotABoard { name: String, what: &'static str, boards: Vec<String> },
    #[error("target file `{file}`: {reason}")]
    BadTarget { file: String, reason: String },
    #[error("target `{target}` has no {what}")]
    TargetLacks { target: String, what: &'static str },
    #[error("`{tool}` was not found")]
    MissingTool { tool: String, help: String },
    #[error("no Rust toolchain for `{triple}` could be set up")]
    NoToolchain { triple: String, attempts: Vec<String> },
    #[error("the runtime for `{triple}` does not build:\n{log}")]
    RuntimeBuild { triple: String, log: String },
    #[error("no runtime for `{triple}` ({variant})")]
    NoRuntime { triple: String, variant: &'static str },
    #[error("the program does not fit: {region} of `{target}` has {length} bytes, {over} bytes too few")]
    DoesNotFit { target: String, region: String, length: u64, over: u64 },
    #[error("a heap of {heap} bytes does not fit into the RAM of `{target}`")]
    HeapDoesNotFit { target: String, heap: u64 },
    #[error("the linker knows no {}", list(symbols))]
    UndefinedSymbols { symbols: Vec<String> },
    #[error("the linker failed:\n{log}")]
    Link { log: String },
    #[error("`{path}`: {reason}")]
    BadImage { path: PathBuf, reason: String },
    #[error("`{program}` could not be started: {source}")]
    Spawn { program: String, source: io::Error },
    #[error("the program ran for longer than {} s", .limit.as_secs_f64())]
    TimeLimit { limit: Duration },
    #[error("instructions could not be counted: {reason}")]
    Count { reason: String },
    #[error("the module could not be run: {reason}")]
    Wasm { reason: String },
    #[error("SyntaxError: `{path}` is not UTF-8 (byte {at})")]
    NotUtf8 { path: PathBuf, at: usize },
    #[error("`{path}`: {source}")]
    Io { path: PathBuf, source: io::Error },
}

impl Error {
    /// What the user can do: a flag, a file or a command. `None` where the message says it all.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Error::UnknownTarget { nearest, known, .. } => {
                let known = format!("known targets: {}", known.join(", "));
                match nearest {
                    Some(name) => format!("did you mean `{name}`? {known}"),
                    None => known,
                }
            }
            Error::NotABoard { boards, .. } if !boards.is_empty() => {
                format!("boards that use it: {}", boards.join(", "))
            }
            Error::BadTarget { .. } => "targets/README.md lists the keys of a target file".into(),
            Error::TargetLacks { target, what } => format!("give `{target}` a {what} in its TOML file"),
            Error::MissingTool { help, .. } => help.clone(),
            Error::NoToolchain { triple, attempts } => {
                let tried = attempts.join("\n  ");
                format!("run `rustup target add {triple}`, or on Debian install `rustc-web`; tried:\n  {tried}")
            }
            Error::NoRuntime { .. } => {
                "point JERBOA_RUNTIME_DIR to the archives of the release, or run jerboa in its checkout".into()
            }
            Error::DoesNotFit { region, .. } if region == "FLASH" => {
                "try --size or --engine bytecode, or a target with more flash; `jerboa size` shows what takes it".into()
            }
            Error::DoesNotFit { .. } => "give a smaller --heap or a target with more RAM".into(),
            Error::HeapDoesNotFit { .. } => "give a smaller --heap; without it the heap gets all RAM that is left".into(),
            Error::UndefinedSymbols { .. } => {
                "a host function needs an object file that defines it; a name that begins with `jerboa_` or `jrt_` \
                 is a bug of Jerboa's, please report it"
                    .into()
            }
            Error::TimeLimit { .. } => "the limit is set by --timeout".into(),
            _ => return None,
        })
    }

    /// An I/O error at a path.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Error {
        let path = path.into();
        move |source| Error::Io { path, source }
    }
}

fn list(symbols: &[String]) -> String {
    symbols.iter().map(|s| format!("`{s}`")).collect::<Vec<_>>().join(", ")
}
