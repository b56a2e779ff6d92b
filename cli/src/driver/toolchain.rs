//! A Rust compiler that can build the runtime for a triple, and the linker that comes with Rust.
//!
//! The runtime wants a `core` that is built with it: without frame pointers, which the built-in targets of Cortex-M have in every
//! function, and without the messages of panics, an image takes up to 7 % less flash. So, in this order: the sources of
//! Rust's library that rustup has (`rust-src`) or gets; Debian's `rustc-web` with the sources of its library,
//! unpacked into the cache folder and never installed, for machines that reach a Debian mirror but not Rust's own
//! servers; at last a target with a `core` that is built already, which rustup has or gets.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::process::{find_program, tool_output};
use super::{Error, Progress, Result};

/// Set to `debian` to use only Debian's packages.
const VARIABLE: &str = "JERBOA_TOOLCHAIN";

/// How to compile for a triple.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    /// `rustc -vV`'s first line; part of the cache key.
    pub version: String,
    /// What differs from plain `cargo build`.
    environment: Vec<(&'static str, OsString)>,
    core: Core,
}

/// Where the triple's `core` comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Core {
    /// It is installed.
    Prebuilt,
    /// It is built with the runtime.
    Sources {
        /// The specification of the target, if it is not the compiler's own.
        target: Option<PathBuf>,
    },
}

/// Compiler flags for a `core` that is built with the runtime: a panic is a trap. Symbols are those of a stable compiler, in which
/// `jerboa size` finds the module of a method.
const SOURCE_FLAGS: [&str; 3] =
    ["-Zunstable-options", "-Cpanic=immediate-abort", "-Csymbol-mangling-version=legacy"];

impl Toolchain {
    /// A `cargo` that uses this toolchain, free of settings that a surrounding cargo made for its own build.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for variable in [
            "RUSTC",
            "RUSTFLAGS",
            "CARGO_ENCODED_RUSTFLAGS",
            "CARGO_BUILD_TARGET",
            "CARGO_TARGET_DIR",
            "RUSTC_WRAPPER",
            "RUSTC_WORKSPACE_WRAPPER",
            "CLIPPY_ARGS",
            "LD_LIBRARY_PATH",
        ] {
            command.env_remove(variable);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Arguments that follow `cargo build`.
    pub fn build_arguments(&self, triple: &str) -> Vec<OsString> {
        let Core::Sources { target } = &self.core else { return vec!["--target".into(), triple.into()] };
        let mut arguments: Vec<OsString> = vec![
            "-Zbuild-std=core,alloc".into(),
            "-Zbuild-std-features=compiler-builtins-mem".into(),
            "--target".into(),
        ];
        match target {
            None => arguments.push(triple.into()),
            Some(path) => arguments.extend([path.into(), "-Zjson-target-spec".into()]),
        }
        arguments
    }

    /// Compiler flags beside those that the target's file states.
    pub fn rustflags(&self) -> &'static [&'static str] {
        match self.core {
            Core::Prebuilt => &[],
            Core::Sources { .. } => &SOURCE_FLAGS,
        }
    }
}

/// Rust's name of this machine's platform.
pub fn host_triple() -> Result<String> {
    let version = version().map_err(|_| no_rustc())?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(no_rustc)
}

/// Finds or sets up a toolchain for `triple`; what is unpacked goes to `cache`.
pub fn for_triple(triple: &str, cache: &Path, progress: Progress<'_>) -> Result<Toolchain> {
    // This machine's own library is that of every program here.
    if triple == host_triple()? {
        return installed();
    }
    // What follows changes the user's toolchain or the cache: one jerboa at a time.
    fs::create_dir_all(cache).map_err(Error::io(cache))?;
    let lock = File::create(cache.join("toolchain.lock")).map_err(Error::io(cache))?;
    lock.lock().map_err(Error::io(cache))?;
    let debian_folder = cache.join("debian-rust");
    let unpacked = debian_folder.join("complete").is_file();
    let mut attempts = Vec::new();
    if !debian_only() && (has_sources() || !unpacked) {
        match add_sources(progress).and_then(|()| with_sources(triple, cache)) {
            Ok(toolchain) => return Ok(toolchain),
            Err(reason) => attempts.push(format!("rustup component add rust-src: {reason}")),
        }
    }
    match debian(triple, &debian_folder, cache, progress) {
        Ok(toolchain) => return Ok(toolchain),
        Err(reason) => attempts.push(format!("Debian's rustc-web: {reason}")),
    }
    if !debian_only() {
        match add_target(triple, progress) {
            Ok(()) => return installed(),
            Err(reason) => attempts.push(format!("rustup target add {triple}: {reason}")),
        }
    }
    Err(Error::NoToolchain { triple: triple.into(), attempts })
}

/// What there is of the core library for `triple` without anything being fetched.
pub fn core_library(triple: &str) -> Option<&'static str> {
    let host = host_triple().is_ok_and(|host| host == triple);
    if !host && has_sources() {
        return Some("built from its sources");
    }
    is_installed(triple).then_some("installed")
}

/// Rust's copy of LLVM's linker, or the system's. `flavor` is `gnu` or `wasm`.
pub fn lld(flavor: &str) -> Result<Command> {
    let mut command = match env::var_os("JERBOA_LLD").map(PathBuf::from).or_else(bundled_lld) {
        Some(path) => {
            let mut command = Command::new(path);
            command.args(["-flavor", flavor]);
            command
        }
        None => {
            let name = if flavor == "wasm" { "wasm-ld" } else { "ld.lld" };
            let path = find_program(name).ok_or_else(|| Error::MissingTool {
                tool: "rust-lld".into(),
                help: format!("install Rust by rustup, or LLVM's {name}, or set JERBOA_LLD to its path"),
            })?;
            Command::new(path)
        }
    };
    command.env("LC_ALL", "C");
    Ok(command)
}

fn debian_only() -> bool {
    env::var_os(VARIABLE).is_some_and(|v| v == "debian")
}

fn no_rustc() -> Error {
    Error::MissingTool { tool: "rustc".into(), help: "install Rust by rustup".into() }
}

fn rustc() -> Command {
    Command::new("rustc")
}

/// What the active compiler says of itself. It is asked once: an image is linked several times, and each start of a compiler that
/// rustup manages takes longer than linking.
fn version() -> Result<&'static str, String> {
    static VERSION: OnceLock<Result<String, String>> = OnceLock::new();
    VERSION.get_or_init(|| tool_output(rustc().arg("-vV"))).as_deref().map_err(String::clone)
}

/// The folder of the active toolchain, asked for once.
fn sysroot() -> Option<&'static Path> {
    static SYSROOT: OnceLock<Option<PathBuf>> = OnceLock::new();
    SYSROOT
        .get_or_init(|| tool_output(rustc().args(["--print", "sysroot"])).ok().map(PathBuf::from))
        .as_deref()
}

fn bundled_lld() -> Option<PathBuf> {
    let path = sysroot()?.join("lib/rustlib").join(host_triple().ok()?).join("bin/rust-lld");
    path.is_file().then_some(path)
}

fn installed() -> Result<Toolchain> {
    let version = version().map_err(|_| no_rustc())?.to_owned();
    Ok(Toolchain { version, environment: Vec::new(), core: Core::Prebuilt })
}

/// Whether the sources of Rust's library are there.
fn has_sources() -> bool {
    sysroot().is_some_and(|sysroot| sysroot.join("lib/rustlib/src/rust/library/core").is_dir())
}

fn add_sources(progress: Progress<'_>) -> Result<(), String> {
    if has_sources() {
        return Ok(());
    }
    if find_program("rustup").is_none() {
        return Err("rustup is not installed".into());
    }
    progress("Fetching the sources of Rust's core library (rustup component add rust-src)");
    tool_output(Command::new("rustup").args(["component", "add", "rust-src"]))?;
    if has_sources() { Ok(()) } else { Err("the active toolchain does not have it afterwards".into()) }
}

/// The active toolchain, which builds `core` from its sources.
fn with_sources(triple: &str, cache: &Path) -> Result<Toolchain, String> {
    let version = version()?.to_owned();
    from_sources(triple, cache, rustc(), version, vec![("RUSTC_BOOTSTRAP", "1".into())])
}

/// A toolchain that builds `core`, for a target without frame pointers.
fn from_sources(
    triple: &str,
    cache: &Path,
    mut compiler: Command,
    version: String,
    environment: Vec<(&'static str, OsString)>,
) -> Result<Toolchain, String> {
    compiler.envs(environment.iter().map(|(name, value)| (name, value)));
    let print = ["-Zunstable-options", "--print", "target-spec-json", "--target", triple];
    let own = tool_output(compiler.args(print))?;
    let mut specification: serde_json::Value = serde_json::from_str(&own).map_err(|e| e.to_string())?;
    let target = match specification.get_mut("frame-pointer") {
        Some(frame_pointer) if *frame_pointer == "always" => {
            *frame_pointer = "may-omit".into();
            let folder = cache.join("target-specifications");
            let path = folder.join(format!("{triple}.json"));
            let text = specification.to_string();
            if !fs::read_to_string(&path).is_ok_and(|old| old == text) {
                fs::create_dir_all(&folder)
                    .and_then(|()| fs::write(&path, text))
                    .map_err(|e| format!("{}: {e}", path.display()))?;
            }
            Some(path)
        }
        _ => None,
    };
    let version = format!("{version} core from its sources");
    Ok(Toolchain { version, environment, core: Core::Sources { target } })
}

/// Whether `core` is there for the triple.
fn is_installed(triple: &str) -> bool {
    let Ok(folder) = tool_output(rustc().args(["--print", "target-libdir", "--target", triple])) else {
        return false;
    };
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().any(|e| e.file_name().to_string_lossy().starts_with("libcore-"))
}

fn add_target(triple: &str, progress: Progress<'_>) -> Result<(), String> {
    if is_installed(triple) {
        return Ok(());
    }
    if find_program("rustup").is_none() {
        return Err("rustup is not installed".into());
    }
    progress(&format!("Installing Rust's core library for {triple} (rustup target add)"));
    tool_output(Command::new("rustup").args(["target", "add", triple]))?;
    if is_installed(triple) { Ok(()) } else { Err("the active toolchain does not have it afterwards".into()) }
}

/// Debian's compiler from the folder where it is unpacked, or fetched into it first.
fn debian(triple: &str, folder: &Path, cache: &Path, progress: Progress<'_>) -> Result<Toolchain, String> {
    let complete = folder.join("complete");
    if !complete.is_file() {
        unpack_debian(folder, progress)?;
        fs::write(&complete, "").map_err(|e| e.to_string())?;
    }
    let libraries = shared_libraries(folder).ok_or("the unpacked packages have no librustc_driver")?;
    let compiler = folder.join("usr/bin/rustc");
    let version = tool_output(Command::new(&compiler).arg("-vV").env("LD_LIBRARY_PATH", &libraries))?;
    let environment = vec![
        ("RUSTC", compiler.clone().into_os_string()),
        ("LD_LIBRARY_PATH", libraries.into_os_string()),
        ("RUSTC_BOOTSTRAP", "1".into()),
    ];
    from_sources(triple, cache, Command::new(compiler), version, environment)
}

fn unpack_debian(folder: &Path, progress: Progress<'_>) -> Result<(), String> {
    for tool in ["apt-get", "apt-cache", "dpkg"] {
        find_program(tool).ok_or_else(|| format!("{tool} is not there"))?;
    }
    if dependency("rustc-web", "libstd-rust-web").is_none() {
        progress("Refreshing the package lists (apt-get update)");
        tool_output(Command::new("apt-get").args(["-q", "update"]))?;
    }
    let library = dependency("rustc-web", "libstd-rust-web-dev").ok_or("no package rustc-web is known")?;
    let shared = dependency(&library, "libstd-rust-web-").ok_or("libstd-rust-web-dev is incomplete")?;
    let llvm = dependency(&shared, "libllvm").ok_or("libstd-rust-web is incomplete")?;
    let packages = ["rustc-web", "rust-web-src", &library, &shared, &llvm];
    progress(&format!("Unpacking {} into {} (140 MB, not installed)", packages.join(", "), folder.display()));
    // What an interrupted attempt left is not trusted.
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    tool_output(Command::new("apt-get").args(["-q", "download"]).args(packages).current_dir(folder))?;
    for entry in fs::read_dir(folder).map_err(|e| e.to_string())?.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ext| ext == "deb") {
            tool_output(Command::new("dpkg").arg("-x").arg(&path).arg(folder))?;
            fs::remove_file(&path).map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}

/// The first package that `package` depends on and whose name begins with `prefix`.
fn dependency(package: &str, prefix: &str) -> Option<String> {
    let text = tool_output(Command::new("apt-cache").args(["depends", package])).ok()?;
    let names = text.lines().filter_map(|line| line.trim().strip_prefix("Depends: "));
    names.map(str::trim).find(|name| name.starts_with(prefix)).map(str::to_owned)
}

/// The multiarch folder with the compiler's shared libraries.
fn shared_libraries(folder: &Path) -> Option<PathBuf> {
    let folders = fs::read_dir(folder.join("usr/lib")).ok()?.flatten().map(|e| e.path());
    folders.filter(|path| path.is_dir()).find(|path| {
        fs::read_dir(path).is_ok_and(|mut files| {
            files.any(|f| f.is_ok_and(|f| f.file_name().to_string_lossy().starts_with("librustc_driver")))
        })
    })
}
