//! The runtime's archive for a target: found prebuilt, found in the cache, or built.
//!
//! An archive is named after a hash of all that it is made from, so that a changed source or flag makes a new one and
//! nothing else does. A lock file keeps jerboas that run at the same time from building the same thing twice.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::{env, io};

use super::target::Target;
use super::toolchain::{self, Toolchain};
use super::{Error, Progress, Result};

/// Folder of prebuilt archives: `<triple>/libjerboa_rt_<variant>.a`. A release sets it up; it wins over a checkout.
const PREBUILT_VARIABLE: &str = "JERBOA_RUNTIME_DIR";

/// Overrides the cache folder.
const CACHE_VARIABLE: &str = "JERBOA_CACHE_DIR";

/// Crates of the checkout that the archive is built from.
const SOURCES: &[&str] = &["Cargo.toml", "abi", "runtime-rt", "runtime-library"];

/// Editions of the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Variant {
    #[default]
    Plain,
    /// Collects and moves every object at each allocation.
    GcStress,
    /// Runs the program with each allocation failing, and with each depth of stack, in turn.
    Sweep,
    /// No program: boots into checks of the platform.
    #[cfg_attr(not(test), expect(dead_code, reason = "the boot tests use it"))]
    SelfTest,
}

impl Variant {
    /// Part of the archive's file name.
    pub fn name(self) -> &'static str {
        match self {
            Variant::Plain => "plain",
            Variant::GcStress => "gc-stress",
            Variant::Sweep => "sweep",
            Variant::SelfTest => "self-test",
        }
    }

    fn features(self) -> &'static [&'static str] {
        match self {
            Variant::Plain => &[],
            Variant::GcStress => &["--features", "gc-stress"],
            Variant::Sweep => &["--features", "sweep"],
            Variant::SelfTest => &["--features", "self-test"],
        }
    }
}

/// The path of the runtime's archive for `target`, built first if need be.
pub fn archive(target: &Target, variant: Variant, progress: Progress<'_>) -> Result<PathBuf> {
    let triple = resolved_triple(target)?;
    if let Some(folder) = env::var_os(PREBUILT_VARIABLE) {
        let path = Path::new(&folder).join(&triple).join(format!("libjerboa_rt_{}.a", variant.name()));
        return if path.is_file() {
            Ok(path)
        } else {
            Err(Error::NoRuntime { triple, variant: variant.name() })
        };
    }
    let Some(root) = checkout() else { return Err(Error::NoRuntime { triple, variant: variant.name() }) };
    let cache = cache_folder(&root);
    let folder = cache.join("runtime").join(&triple);
    fs::create_dir_all(&folder).map_err(Error::io(&folder))?;

    let sources = hash_sources(&root)?;
    let quick = folder.join(format!("{}.key", variant_stem(target, variant)));
    // The full key needs the compiler's version, which takes a process or two to learn. The last archive made from the
    // same sources and flags is good as long as it is there.
    if let Some(path) = remembered(&quick, sources) {
        return Ok(path);
    }
    let lock = File::create(folder.join("lock")).map_err(Error::io(&folder))?;
    lock.lock().map_err(Error::io(&folder))?;
    if let Some(path) = remembered(&quick, sources) {
        return Ok(path);
    }
    let toolchain = toolchain::for_triple(&triple, &cache, progress)?;
    let mut key = Fnv(sources);
    key.write(toolchain.version.as_bytes());
    let stem = variant_stem(target, variant);
    let path = folder.join(format!("libjerboa_rt_{stem}-{:016x}.a", key.0));
    if !path.is_file() {
        progress(&format!("Building the runtime for {triple} ({}), once", variant.name()));
        let built = build(&root, &cache, &triple, target, variant, &toolchain)?;
        remove_stale(&folder, &stem);
        install(&built, &path)?;
    }
    let name = path.file_name().expect("the path has a name").to_string_lossy();
    fs::write(&quick, format!("{sources:016x} {name}")).map_err(Error::io(&quick))?;
    Ok(path)
}

/// The target's triple, with `host` replaced by this machine's.
pub fn resolved_triple(target: &Target) -> Result<String> {
    if target.triple == "host" { toolchain::host_triple() } else { Ok(target.triple.clone()) }
}

/// Where things are kept that can be made again: the checkout's ignored folder, else the user's cache.
pub fn cache_folder_of_user() -> PathBuf {
    checkout().map_or_else(user_cache, |root| cache_folder(&root))
}

fn cache_folder(root: &Path) -> PathBuf {
    env::var_os(CACHE_VARIABLE).map_or_else(|| root.join(".jerboa"), PathBuf::from)
}

fn user_cache() -> PathBuf {
    let base = env::var_os(CACHE_VARIABLE)
        .or_else(|| env::var_os("XDG_CACHE_HOME"))
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .unwrap_or_else(env::temp_dir);
    base.join("jerboa")
}

/// The source tree that this jerboa belongs to: above its executable, or where it was built.
fn checkout() -> Option<PathBuf> {
    let exe = env::current_exe().ok();
    let above = exe.iter().flat_map(|exe| exe.ancestors().skip(1));
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    above.chain(built_in).find(|root| root.join("runtime-rt/image/Cargo.toml").is_file()).map(Path::to_owned)
}

/// Distinguishes archives of one triple that live side by side.
fn variant_stem(target: &Target, variant: Variant) -> String {
    let mut flags = Fnv::default();
    flags.write(target.runtime.opt_level.as_bytes());
    for (package, level) in &target.runtime.opt_levels {
        flags.write(package.as_bytes());
        flags.write(level.as_bytes());
    }
    for flag in &target.runtime.rustflags {
        flags.write(flag.as_bytes());
    }
    format!("{}-{:08x}", variant.name(), flags.0 as u32)
}

fn remembered(quick: &Path, sources: u64) -> Option<PathBuf> {
    let text = fs::read_to_string(quick).ok()?;
    let (key, name) = text.split_once(' ')?;
    let path = quick.with_file_name(name);
    (key == format!("{sources:016x}") && path.is_file()).then_some(path)
}

fn build(
    root: &Path,
    cache: &Path,
    triple: &str,
    target: &Target,
    variant: Variant,
    toolchain: &Toolchain,
) -> Result<PathBuf> {
    let folder = cache.join("build");
    let own = toolchain.rustflags().iter().copied();
    let flags: Vec<&str> = target.runtime.rustflags.iter().map(String::as_str).chain(own).collect();
    let levels = target.runtime.opt_levels.iter().flat_map(|(package, level)| {
        let level = level.parse::<u32>().map_or(format!("{level:?}"), |level| level.to_string());
        ["--config".to_owned(), format!("profile.release.package.{package}.opt-level={level}")]
    });
    let output = toolchain
        .cargo()
        .args(["build", "--quiet", "--release"])
        .args(toolchain.build_arguments(triple))
        .args(variant.features())
        .args(levels)
        .arg("--manifest-path")
        .arg(root.join("runtime-rt/image/Cargo.toml"))
        .arg("--target-dir")
        .arg(&folder)
        // Or the small functions of a crate would not be inlined in the others, and the archive depend on who builds it.
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", &target.runtime.opt_level)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
        .output()
        .map_err(|source| Error::Spawn { program: "cargo".into(), source })?;
    if !output.status.success() {
        let log = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
        return Err(Error::RuntimeBuild { triple: triple.into(), log });
    }
    Ok(folder.join(triple).join("release/libjerboa_rt_image.a"))
}

/// Copies so that a reader sees all of the file or none.
fn install(from: &Path, to: &Path) -> Result<()> {
    let partial = to.with_extension("partial");
    fs::copy(from, &partial).map_err(Error::io(from))?;
    fs::rename(&partial, to).map_err(Error::io(to))
}

/// Archives are large and only the newest is used.
fn remove_stale(folder: &Path, stem: &str) {
    let prefix = format!("libjerboa_rt_{stem}-");
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            // One that can not be removed only takes room.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn hash_sources(root: &Path) -> Result<u64> {
    let mut files = BTreeSet::new();
    for source in SOURCES {
        collect(&root.join(source), &mut files).map_err(Error::io(root.join(source)))?;
    }
    let mut hash = Fnv::default();
    for path in files {
        let name = path.strip_prefix(root).unwrap_or(&path);
        hash.write(name.as_os_str().as_encoded_bytes());
        hash.write(&fs::read(&path).map_err(Error::io(&path))?);
    }
    Ok(hash.0)
}

/// All files that may go into a build: not its output, tests or prose.
fn collect(path: &Path, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.insert(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let prose = name.ends_with(".md");
        if !prose && name != "target" && name != "tests" && !name.starts_with('.') {
            collect(&path, files)?;
        }
    }
    Ok(())
}

/// FNV-1a, 64 bits, with the length before each item: stable from run to run, and no one attacks a cache of ours.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// A hash for file names.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hash = Fnv::default();
    hash.write(bytes);
    hash.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::driver::target::Registry;

    #[test]
    fn items_do_not_run_into_each_other() {
        let hash = |items: &[&str]| {
            let mut hash = Fnv::default();
            items.iter().for_each(|item| hash.write(item.as_bytes()));
            hash.0
        };
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_eq!(hash(&["ab", "c"]), hash(&["ab", "c"]));
    }

    #[test]
    fn flags_and_variants_have_archives_of_their_own() {
        let plain = Registry::new(None).load("rv32-virt").unwrap();
        let mut levelled = plain.clone();
        levelled.runtime.opt_levels.insert("jerboa-rt".into(), "3".into());
        assert_ne!(variant_stem(&plain, Variant::Plain), variant_stem(&levelled, Variant::Plain));
        let mut flagged = plain.clone();
        flagged.runtime.rustflags.push("-Cllvm-args=-tail-dup-size=12".into());
        assert_ne!(variant_stem(&plain, Variant::Plain), variant_stem(&flagged, Variant::Plain));
        assert_ne!(variant_stem(&plain, Variant::Plain), variant_stem(&plain, Variant::GcStress));
    }
}
