//! A Rust compiler that can build the runtime for a triple, and the linker that comes with Rust.
//!
//! In this order: a target that is installed already; `rustup target add`; Debian's `rustc-web` with the sources of its
//! library, unpacked into the cache folder and never installed, which builds `core` itself. The last way serves
//! machines that reach a Debian mirror but not Rust's own servers.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

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
    /// `core` must be built too.
    builds_core: bool,
}

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
    pub fn build_arguments(&self) -> &'static [&'static str] {
        if self.builds_core {
            &["-Zbuild-std=core,alloc", "-Zbuild-std-features=compiler-builtins-mem"]
        } else {
            &[]
        }
    }
}

/// Rust's name of this machine's platform.
pub fn host_triple() -> Result<String> {
    let version = rustc_version(&mut rustc())?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| Error::MissingTool { tool: "rustc".into(), help: INSTALL_RUST.into() })
}

/// Finds or sets up a toolchain for `triple`; what is unpacked goes to `cache`.
pub fn for_triple(triple: &str, cache: &Path, progress: Progress<'_>) -> Result<Toolchain> {
    if !debian_only() && is_installed(triple) {
        return installed();
    }
    // What follows changes the user's toolchain or the cache: one jerboa at a time.
    fs::create_dir_all(cache).map_err(Error::io(cache))?;
    let lock = File::create(cache.join("toolchain.lock")).map_err(Error::io(cache))?;
    lock.lock().map_err(Error::io(cache))?;
    let mut attempts = Vec::new();
    if !debian_only() {
        if is_installed(triple) {
            return installed();
        }
        match add_by_rustup(triple, progress) {
            Ok(()) => return installed(),
            Err(reason) => attempts.push(format!("rustup target add {triple}: {reason}")),
        }
    }
    match debian(&cache.join("debian-rust"), progress) {
        Ok(toolchain) => Ok(toolchain),
        Err(reason) => {
            attempts.push(format!("Debian's rustc-web: {reason}"));
            Err(Error::NoToolchain { triple: triple.into(), attempts })
        }
    }
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

const INSTALL_RUST: &str = "install Rust by rustup";

fn rustc() -> Command {
    Command::new("rustc")
}

fn rustc_version(rustc: &mut Command) -> Result<String> {
    tool_output(rustc.arg("-vV"))
        .map_err(|_| Error::MissingTool { tool: "rustc".into(), help: INSTALL_RUST.into() })
}

fn bundled_lld() -> Option<PathBuf> {
    let sysroot = tool_output(rustc().args(["--print", "sysroot"])).ok()?;
    let host = host_triple().ok()?;
    let path = Path::new(&sysroot).join("lib/rustlib").join(host).join("bin/rust-lld");
    path.is_file().then_some(path)
}

fn installed() -> Result<Toolchain> {
    let version = rustc_version(&mut rustc())?;
    Ok(Toolchain { version, environment: Vec::new(), builds_core: false })
}

/// Whether `core` is there for the triple.
pub fn is_installed(triple: &str) -> bool {
    let Ok(folder) = tool_output(rustc().args(["--print", "target-libdir", "--target", triple])) else {
        return false;
    };
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().any(|e| e.file_name().to_string_lossy().starts_with("libcore-"))
}

fn add_by_rustup(triple: &str, progress: Progress<'_>) -> Result<(), String> {
    if find_program("rustup").is_none() {
        return Err("rustup is not installed".into());
    }
    progress(&format!("Installing Rust's core library for {triple} (rustup target add)"));
    tool_output(Command::new("rustup").args(["target", "add", triple]))?;
    if is_installed(triple) { Ok(()) } else { Err("the active toolchain does not have it afterwards".into()) }
}

/// Debian's compiler from the folder where it is unpacked, or fetched into it first.
fn debian(folder: &Path, progress: Progress<'_>) -> Result<Toolchain, String> {
    let complete = folder.join("complete");
    if !complete.is_file() {
        unpack_debian(folder, progress)?;
        fs::write(&complete, "").map_err(|e| e.to_string())?;
    }
    let libraries = shared_libraries(folder).ok_or("the unpacked packages have no librustc_driver")?;
    let compiler = folder.join("usr/bin/rustc");
    let version = tool_output(Command::new(&compiler).arg("-vV").env("LD_LIBRARY_PATH", &libraries))?;
    let environment = vec![
        ("RUSTC", compiler.into_os_string()),
        ("LD_LIBRARY_PATH", libraries.into_os_string()),
        ("RUSTC_BOOTSTRAP", "1".into()),
    ];
    Ok(Toolchain { version, environment, builds_core: true })
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
