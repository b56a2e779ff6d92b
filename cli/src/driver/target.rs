//! Targets: TOML files that refine each other by `inherits` (see `targets/README.md`).
//!
//! Files are merged as tables first and read into [`Target`] afterwards, so a file states only what differs from what it
//! inherits, and an unknown key is an error wherever it stands.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;
use toml::{Table, Value};

use super::{Error, Result};

/// Names and texts of the files that are built in.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/targets.rs"));

/// Folder whose files come before the embedded ones, where no flag names one.
const DIR_VARIABLE: &str = "JERBOA_TARGETS_DIR";

/// More levels than any sensible family has: deeper means a cycle.
const MAX_DEPTH: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What several archs share; not complete.
    Family,
    /// An instruction set.
    Arch,
    /// Memory and peripherals; not complete.
    Chip,
    /// Something that a program runs on.
    Board,
}

/// Where a program can be compiled to and run.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Target {
    #[serde(skip)]
    pub name: String,
    pub kind: Kind,
    pub summary: String,
    /// Name of the instruction set, as the code generators know it.
    pub arch: String,
    /// Rust's name of the platform, or `host`.
    pub triple: String,
    pub runtime: RuntimeOptions,
    pub memory: Option<Memory>,
    pub link: Link,
    #[serde(default)]
    pub stack: Size,
    #[serde(default)]
    pub heap: Size,
    pub console: Option<Console>,
    pub exit: Option<Exit>,
    pub runner: Option<Runner>,
}

/// How the runtime is compiled.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuntimeOptions {
    /// As in a Cargo profile.
    pub opt_level: String,
    /// The levels of packages that have one of their own.
    #[serde(default)]
    pub opt_levels: BTreeMap<String, String>,
    #[serde(default)]
    pub rustflags: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    pub flash: Region,
    pub ram: Region,
}

/// A range of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    pub origin: u64,
    /// In bytes.
    pub length: u64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub flavor: Flavor,
    /// Linker script parts, appended to the MEMORY command in this order.
    #[serde(default)]
    pub scripts: Vec<String>,
    /// Further arguments of the linker.
    #[serde(default)]
    pub args: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flavor {
    /// `rust-lld`, ELF with a linker script.
    Gnu,
    /// `rust-lld`, WebAssembly.
    Wasm,
    /// The host's C compiler driver.
    Cc,
}

/// A size in bytes; 0 means "what is left" for a heap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    pub size: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Console {
    pub kind: ConsoleKind,
    /// Base address of a UART.
    pub address: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsoleKind {
    Semihosting,
    CmsdkUart,
    Ns16550,
    SifiveUart,
    /// The C library's file descriptors.
    Stdio,
    /// The embedder's function.
    Import,
}

impl ConsoleKind {
    /// The image's function that writes to such a console; `None` where the platform has only one way.
    pub fn symbol(self) -> Option<&'static str> {
        match self {
            ConsoleKind::Semihosting => Some("jerboa_console_semihosting"),
            ConsoleKind::CmsdkUart => Some("jerboa_console_cmsdk_uart"),
            ConsoleKind::Ns16550 => Some("jerboa_console_ns16550"),
            ConsoleKind::SifiveUart => Some("jerboa_console_sifive_uart"),
            ConsoleKind::Stdio | ConsoleKind::Import => None,
        }
    }

    /// Whether it is a serial port with an address.
    pub fn is_uart(self) -> bool {
        matches!(self, ConsoleKind::CmsdkUart | ConsoleKind::Ns16550 | ConsoleKind::SifiveUart)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exit {
    pub kind: ExitKind,
    /// Address of a finisher device.
    pub address: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExitKind {
    Semihosting,
    /// QEMU's RISC-V test device.
    Finisher,
    /// Stay in a loop: nobody listens.
    Halt,
    Process,
    Import,
}

impl ExitKind {
    /// The image's function that ends it; `None` where the platform has only one way.
    pub fn symbol(self) -> Option<&'static str> {
        match self {
            ExitKind::Semihosting => Some("jerboa_exit_semihosting"),
            ExitKind::Finisher => Some("jerboa_exit_finisher"),
            ExitKind::Halt => Some("jerboa_exit_halt"),
            ExitKind::Process | ExitKind::Import => None,
        }
    }
}

/// How an image is started. Only some keys are used by each kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Runner {
    pub kind: RunnerKind,
    /// The emulator or command.
    pub program: Option<String>,
    /// QEMU's machine.
    pub machine: Option<String>,
    #[serde(default)]
    pub args: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunnerKind {
    Qemu,
    /// The image is a program of this machine.
    Process,
    /// The embedded WebAssembly engine.
    Wasm,
    /// Any command, such as a probe's.
    Command,
}

impl Target {
    /// Whether instructions can be counted: only an emulator can.
    #[cfg_attr(not(test), expect(dead_code, reason = "the boot tests use it"))]
    pub fn is_emulated(&self) -> bool {
        self.runner.as_ref().is_some_and(|r| r.kind == RunnerKind::Qemu)
    }

    /// The memory map of a device.
    pub fn device_memory(&self) -> Result<Memory> {
        self.memory.ok_or_else(|| Error::TargetLacks { target: self.name.clone(), what: "memory map" })
    }

    fn check(&self, file: &str) -> Result<()> {
        let bad = |reason: &str| Err(Error::BadTarget { file: file.into(), reason: reason.into() });
        if let Some(console) = self.console
            && console.kind.is_uart()
            && console.address.is_none()
        {
            return bad("`console.address` is missing: a UART has an address");
        }
        if let Some(exit) = self.exit
            && exit.kind == ExitKind::Finisher
            && exit.address.is_none()
        {
            return bad("`exit.address` is missing: a finisher has an address");
        }
        if let Some(runner) = &self.runner {
            if matches!(runner.kind, RunnerKind::Qemu | RunnerKind::Command) && runner.program.is_none() {
                return bad("`runner.program` is missing");
            }
            if runner.kind == RunnerKind::Qemu && runner.machine.is_none() {
                return bad("`runner.machine` is missing");
            }
        }
        if self.link.flavor == Flavor::Gnu && self.kind == Kind::Board {
            if self.memory.is_none() {
                return bad("a device has `[memory.flash]` and `[memory.ram]`");
            }
            if self.console.is_none_or(|c| c.kind.symbol().is_none()) {
                return bad("a device has a `[console]` of its own");
            }
            if self.exit.is_none_or(|e| e.kind.symbol().is_none()) {
                return bad("a device has an `[exit]` of its own");
            }
        }
        Ok(())
    }
}

/// The target files: those of an override folder before the embedded ones.
#[derive(Debug, Clone)]
pub struct Registry {
    folder: Option<PathBuf>,
}

impl Registry {
    /// The files of `folder`, else of the folder that `JERBOA_TARGETS_DIR` names, and the embedded ones.
    pub fn new(folder: Option<&Path>) -> Self {
        let folder = folder.map(Path::to_owned).or_else(|| env::var_os(DIR_VARIABLE).map(PathBuf::from));
        Registry { folder }
    }

    /// Reads a board or an arch. An arch has no memory and can be compiled for, not linked for or run on.
    pub fn load(&self, name: &str) -> Result<Target> {
        let merged = self.merged(name, 0)?;
        let file = format!("{name}.toml");
        let kind = match merged.get("kind").and_then(Value::as_str) {
            Some("family") => Some("a family of instruction sets"),
            Some("chip") => Some("a chip"),
            _ => None,
        };
        if let Some(what) = kind {
            let boards = self.boards()?.into_iter().filter(|b| self.descends_from(&b.name, name, 0));
            return Err(Error::NotABoard {
                name: name.into(),
                what,
                boards: boards.map(|b| b.name).collect(),
            });
        }
        let mut target: Target = Value::Table(merged).try_into().map_err(|e: toml::de::Error| {
            Error::BadTarget { file: file.clone(), reason: e.message().trim().to_owned() }
        })?;
        target.name = name.to_owned();
        target.check(&file)?;
        Ok(target)
    }

    /// All boards, by name.
    pub fn boards(&self) -> Result<Vec<Target>> {
        let mut boards = Vec::new();
        for name in self.names() {
            let kind = self.merged(&name, 0)?;
            if kind.get("kind").and_then(Value::as_str) == Some("board") {
                boards.push(self.load(&name)?);
            }
        }
        Ok(boards)
    }

    /// The text of a linker script part.
    pub fn script(&self, name: &str) -> Result<String> {
        self.text(name)?
            .ok_or_else(|| Error::BadTarget { file: name.into(), reason: "there is no such script".into() })
    }

    /// Names of all target files, sorted.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            EMBEDDED.iter().filter_map(|(file, _)| file.strip_suffix(".toml")).map(str::to_owned).collect();
        if let Some(entries) = self.folder.as_ref().and_then(|f| fs::read_dir(f).ok()) {
            let files = entries.flatten().filter_map(|e| e.file_name().into_string().ok());
            names.extend(files.filter_map(|f| f.strip_suffix(".toml").map(str::to_owned)));
        }
        names.sort();
        names.dedup();
        names
    }

    fn text(&self, file: &str) -> Result<Option<String>> {
        if let Some(path) = self.folder.as_ref().map(|f| f.join(file))
            && path.is_file()
        {
            return fs::read_to_string(&path).map(Some).map_err(Error::io(path));
        }
        Ok(EMBEDDED.iter().find(|(name, _)| *name == file).map(|(_, text)| (*text).to_owned()))
    }

    fn table(&self, name: &str) -> Result<Table> {
        let file = format!("{name}.toml");
        let text = match self.text(&file)? {
            Some(text) if !name.contains(['/', '\\']) => text,
            _ => return Err(self.unknown(name)),
        };
        text.parse::<Table>()
            .map_err(|e| Error::BadTarget { file, reason: e.to_string().trim_end().to_owned() })
    }

    /// The file with all that it inherits.
    fn merged(&self, name: &str, depth: usize) -> Result<Table> {
        let own = self.table(name)?;
        let mut merged = Table::new();
        for parent in parents(name, &own)? {
            if depth == MAX_DEPTH {
                let reason = format!("`inherits` goes in a circle through `{parent}`");
                return Err(Error::BadTarget { file: format!("{name}.toml"), reason });
            }
            merge(&mut merged, self.merged(&parent, depth + 1)?);
        }
        merge(&mut merged, own);
        merged.remove("inherits");
        Ok(merged)
    }

    fn descends_from(&self, name: &str, ancestor: &str, depth: usize) -> bool {
        let Ok(table) = self.table(name) else { return false };
        let Ok(parents) = parents(name, &table) else { return false };
        depth < MAX_DEPTH
            && parents.iter().any(|p| p == ancestor || self.descends_from(p, ancestor, depth + 1))
    }

    fn unknown(&self, name: &str) -> Error {
        let complete = |name: &String| self.load_kind(name).is_some_and(|k| k == "board" || k == "arch");
        let known: Vec<String> = self.names().into_iter().filter(complete).collect();
        let nearest = known
            .iter()
            .map(|k| (edit_distance(name, k), k))
            .filter(|(distance, k)| *distance <= k.len().max(name.len()) / 2)
            .min()
            .map(|(_, k)| k.clone());
        Error::UnknownTarget { name: name.into(), nearest, known }
    }

    fn load_kind(&self, name: &str) -> Option<String> {
        self.merged(name, 0).ok()?.get("kind")?.as_str().map(str::to_owned)
    }
}

/// The names in `inherits`: one string or a list.
fn parents(name: &str, table: &Table) -> Result<Vec<String>> {
    let bad = || Error::BadTarget {
        file: format!("{name}.toml"),
        reason: "`inherits` is a name or a list of names".into(),
    };
    match table.get("inherits") {
        None => Ok(Vec::new()),
        Some(Value::String(parent)) => Ok(vec![parent.clone()]),
        Some(Value::Array(list)) => {
            list.iter().map(|v| v.as_str().map(str::to_owned).ok_or_else(bad)).collect()
        }
        Some(_) => Err(bad()),
    }
}

fn merge(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(inner)), Value::Table(value)) => merge(inner, value),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// Levenshtein distance in bytes: names of targets are ASCII.
fn edit_distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded() -> Registry {
        Registry { folder: None }
    }

    /// A folder of its own for the files of one test.
    fn folder(test: &str, files: &[(&str, &str)]) -> Registry {
        let folder = env::temp_dir().join(format!("jerboa-target-test-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            fs::write(folder.join(name), text).unwrap();
        }
        Registry { folder: Some(folder) }
    }

    #[test]
    fn every_embedded_board_is_complete() {
        let boards: Vec<_> = embedded().boards().unwrap().into_iter().map(|b| b.name).collect();
        for name in ["hifive1", "host", "mps2-an385", "mps2-an386", "mps2-an505", "rv32-virt", "wasm32"] {
            assert!(boards.iter().any(|b| b == name), "{name} is missing from {boards:?}");
        }
    }

    #[test]
    fn tables_are_merged_key_by_key() {
        let board = embedded().load("mps2-an505").unwrap();
        assert_eq!(board.arch, "thumbv8m.main");
        let memory = board.memory.unwrap();
        assert_eq!(memory.flash, Region { origin: 0x1000_0000, length: 0x40_0000 });
        assert_eq!(board.runner.unwrap().program.as_deref(), Some("qemu-system-arm"));
    }

    #[test]
    fn an_unknown_target_suggests_the_nearest() {
        let error = embedded().load("mps2-386").unwrap_err();
        let help = error.help().unwrap();
        assert!(help.starts_with("did you mean `mps2-an386`? known targets: "), "{help}");
        assert!(embedded().load("../targets/host").is_err());
    }

    #[test]
    fn a_chip_names_its_boards() {
        let Error::NotABoard { boards, .. } = embedded().load("fe310").unwrap_err() else {
            panic!("not refused")
        };
        assert_eq!(boards, ["hifive1", "hifive1-uart"]);
    }

    #[test]
    fn a_folder_adds_and_overrides() {
        let registry = folder(
            "adds",
            &[
                ("mine.toml", "inherits = 'hifive1'\nsummary = 'Mine'\n[memory.ram]\nlength = 0x8000\n"),
                (
                    "rv32-virt.toml",
                    "inherits = ['riscv32imac', 'virt']\nkind = 'board'\nsummary = 'Changed'\n",
                ),
            ],
        );
        let mine = registry.load("mine").unwrap();
        assert_eq!(mine.memory.unwrap().ram, Region { origin: 0x8000_0000, length: 0x8000 });
        assert_eq!(registry.load("rv32-virt").unwrap().summary, "Changed");
        assert!(registry.boards().unwrap().iter().any(|b| b.name == "mine"));
    }

    #[test]
    fn faults_in_files_are_named() {
        let registry = folder(
            "faults",
            &[
                ("circle.toml", "inherits = 'circle'\n"),
                ("typo.toml", "inherits = 'hifive1'\nsumary = 'x'\n"),
                ("syntax.toml", "inherits = \n"),
                ("uart.toml", "inherits = 'hifive1'\n[console]\nkind = 'ns16550'\n"),
            ],
        );
        let message = |name: &str| registry.load(name).unwrap_err().to_string();
        assert!(message("circle").contains("circle"), "{}", message("circle"));
        assert!(message("typo").contains("unknown field `sumary`"), "{}", message("typo"));
        assert!(message("syntax").starts_with("target file `syntax.toml`: "), "{}", message("syntax"));
        assert!(message("uart").contains("console.address"), "{}", message("uart"));
    }

    #[test]
    fn distances() {
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
        assert_eq!(edit_distance("host", "host"), 0);
    }
}
