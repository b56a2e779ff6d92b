//! Finds and reads the files of a program: its entry and all modules that it imports, directly or not.
//!
//! What a specifier means is as for Node where Node gives it a meaning: relative paths and packages in `node_modules` folders. Beyond
//! that, as for bundlers and TypeScript, an ending may be left out, a folder means its `index`, and `./x.js` means
//! `./x.ts` where there is no `x.js`. `docs/modules.md` states the rules.

use super::error::{Error, Result};
use super::package::Package;
use jerboa_frontend::{Import, Options, Source, specifiers};
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

/// Endings that may be left out, in the order in which they are tried.
const ENDINGS: &[&str] = &["js", "mjs", "ts", "mts", "json"];

/// A file of the program.
#[derive(Debug)]
pub struct File {
    /// Its path as messages and stack traces show it.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether it is a module even without an import or export.
    module: bool,
    /// What `import.meta.url` says.
    url: String,
    /// What its specifiers mean.
    imports: Vec<Import>,
}

/// The files of a program, its entry first.
#[derive(Debug)]
pub struct Files(Vec<File>);

impl Files {
    /// Reads a program.
    ///
    /// # Errors
    /// A file can not be read or is not UTF-8. What can not be found is no error yet: the frontend knows whether it is needed.
    pub fn load(entry: &Path) -> Result<Files> {
        let root = entry.parent().unwrap_or(Path::new("")).to_path_buf();
        let mut loader = Loader {
            real_root: absolute(&root),
            root,
            files: Vec::new(),
            known: HashMap::new(),
            folders: Vec::new(),
        };
        loader.read(entry)?;
        let mut next = 0;
        while next < loader.files.len() {
            let file = &loader.files[next];
            let source = Source { module: file.module, ..Source::new(&file.name, &file.text) };
            let wanted = specifiers(&source, &Options::default());
            let mut imports = Vec::new();
            for specifier in wanted {
                let found = match resolve(&loader.folders[next], &specifier) {
                    Ok(path) => Ok(loader.read(&path)?),
                    Err(message) => Err(message),
                };
                imports.push(Import { specifier, found });
            }
            loader.files[next].imports = imports;
            next += 1;
        }
        Ok(Files(loader.files))
    }

    /// For the frontend.
    pub fn sources(&self) -> Vec<Source<'_>> {
        let mut sources = Vec::new();
        for File { name, text, module, url, imports } in &self.0 {
            sources.push(Source { name, text, module: *module, url, imports });
        }
        sources
    }
}

struct Loader {
    /// Folder of the entry, as the user gave it.
    root: PathBuf,
    /// The same without links.
    real_root: PathBuf,
    files: Vec<File>,
    /// By their real paths, so that a file that has two names is one module.
    known: HashMap<PathBuf, usize>,
    /// The folder of each file.
    folders: Vec<PathBuf>,
}

impl Loader {
    /// The number of a file, which is read if it is new.
    fn read(&mut self, path: &Path) -> Result<usize> {
        let real = path.canonicalize().map_err(Error::io(path))?;
        if let Some(number) = self.known.get(&real) {
            return Ok(*number);
        }
        let bytes = std::fs::read(path).map_err(Error::io(path))?;
        let text = String::from_utf8(bytes).map_err(|error| Error::NotUtf8 {
            path: path.to_path_buf(),
            at: error.utf8_error().valid_up_to(),
        })?;
        let number = self.files.len();
        // Links in `node_modules` lead to the package itself, as for Node.
        let folder = real.parent().unwrap_or(Path::new("/")).to_path_buf();
        let by_package = matches!(Package::around(&folder), Ok(Some(package))
            if package.kind.as_deref() == Some("module"));
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        // What is imported is a module; a script may only be the entry.
        let module = number > 0 || (by_package && matches!(ending.as_str(), "js" | "ts"));
        // Paths into packages are absolute.
        let inside = path.strip_prefix(&self.real_root).or_else(|_| path.strip_prefix(&self.root)).ok();
        let url = format!("file:///{}", url_path(inside.unwrap_or(path)));
        let name = match inside {
            Some(inside) => self.root.join(inside).to_string_lossy().into_owned(),
            None => path.to_string_lossy().into_owned(),
        };
        self.files.push(File { name, text, module, url, imports: Vec::new() });
        self.folders.push(path.parent().map_or(folder, Path::to_path_buf));
        self.known.insert(real, number);
        Ok(number)
    }
}

/// A path in a URL, without what the machine that compiles is called.
fn url_path(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(percent_encoded(&name.to_string_lossy())),
            _ => None,
        })
        .collect();
    parts.join("/")
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'@' | b'+' | b'$' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The file that a specifier means in a file of `folder`, or what to tell the user.
fn resolve(folder: &Path, specifier: &str) -> std::result::Result<PathBuf, String> {
    if specifier.starts_with("./") || specifier.starts_with("../") || matches!(specifier, "." | "..") {
        let mut wanted = normalised(&folder.join(specifier));
        // These name a folder, even where a file has its name with an ending.
        if matches!(specifier.rsplit('/').next(), Some("" | "." | "..")) {
            wanted.push("index");
        }
        return probe(&wanted).ok_or_else(|| not_found(specifier, &wanted));
    }
    if specifier.starts_with('/') {
        let wanted = PathBuf::from(specifier);
        return probe(&wanted).ok_or_else(|| not_found(specifier, &wanted));
    }
    if let Some(name) = specifier.strip_prefix("node:") {
        return Err(format!("`node:{name}` is a module of Node itself; devices do not have it"));
    }
    if specifier.contains(':') {
        return Err(format!("`{specifier}` is a URL; modules are files"));
    }
    if specifier.starts_with('#') {
        return own_name(folder, specifier);
    }
    bare(folder, specifier)
}

fn not_found(specifier: &str, wanted: &Path) -> String {
    let endings = ENDINGS.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" ");
    format!(
        "`{specifier}` is not there: neither `{path}` is a file, nor with one of the endings {endings}, nor is there \
         an `index` with one of them in `{path}`",
        path = wanted.display()
    )
}

/// Takes `.` and `..` out of a path, as far as possible without asking the file system.
fn normalised(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(result.components().next_back(), Some(Component::Normal(_))) => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

/// The file that is meant by a path which may lack an ending or be a folder.
fn probe(path: &Path) -> Option<PathBuf> {
    if path.is_file() {
        return Some(path.to_path_buf());
    }
    // TypeScript names the files that it will make.
    let made_from = match path.extension().and_then(|ending| ending.to_str()) {
        Some("js") => Some(path.with_extension("ts")),
        Some("mjs") => Some(path.with_extension("mts")),
        _ => None,
    };
    let with_ending = |path: &Path| {
        ENDINGS.iter().find_map(|ending| {
            let mut name = path.as_os_str().to_os_string();
            name.push(".");
            name.push(ending);
            Some(PathBuf::from(name)).filter(|path| path.is_file())
        })
    };
    made_from
        .filter(|path| path.is_file())
        .or_else(|| if path.file_name().is_some() { with_ending(path) } else { None })
        .or_else(|| if path.is_dir() { with_ending(&path.join("index")) } else { None })
}

/// A name of the package's own, which begins with `#`.
fn own_name(folder: &Path, specifier: &str) -> std::result::Result<PathBuf, String> {
    let package = Package::around(&absolute(folder))?;
    let target = package.as_ref().and_then(|package| package.imported(specifier));
    match (package, target) {
        (Some(package), Some(target)) if target.starts_with("./") => {
            let wanted = normalised(&package.folder.join(&target));
            probe(&wanted).ok_or_else(|| not_found(specifier, &wanted))
        }
        (Some(package), Some(target)) => bare(&package.folder, &target),
        (Some(package), None) => Err(format!(
            "`imports` of `{}` has no `{specifier}`",
            package.folder.join("package.json").display()
        )),
        (None, _) => Err(format!("`{specifier}` is for packages, and there is no `package.json` above")),
    }
}

/// The module of a package.
fn bare(folder: &Path, specifier: &str) -> std::result::Result<PathBuf, String> {
    let parts = if specifier.starts_with('@') { 2 } else { 1 };
    let end = specifier.match_indices('/').nth(parts - 1).map_or(specifier.len(), |(at, _)| at);
    let (name, rest) = specifier.split_at(end);
    if name.is_empty() || (parts == 2 && !name.contains('/')) {
        return Err(format!("`{specifier}` is no name of a package"));
    }
    let subpath = format!(".{rest}");
    let start = absolute(folder);
    if let Some(package) = Package::around(&start)?
        && package.name.as_deref() == Some(name)
        && package.has_exports()
    {
        return in_package(&package, specifier, &subpath);
    }
    let mut searched = Vec::new();
    for ancestor in start.ancestors() {
        if ancestor.ends_with("node_modules") {
            continue;
        }
        let modules = ancestor.join("node_modules");
        if modules.is_dir() {
            let package_folder = modules.join(name);
            if package_folder.is_dir() {
                let package =
                    Package::read(&package_folder)?.unwrap_or_else(|| Package::bare(&package_folder));
                return in_package(&package, specifier, &subpath);
            }
            searched.push(format!("`{}`", modules.display()));
        }
    }
    if NODE_MODULES.contains(&name) {
        return Err(format!("`{specifier}` is a module of Node itself; devices do not have it"));
    }
    let place = match searched.is_empty() {
        true => format!("there is no `node_modules` at or above `{}`", start.display()),
        false => format!("it is in none of {}", searched.join(", ")),
    };
    Err(format!("the package `{name}` is not installed: {place}"))
}

fn in_package(package: &Package, specifier: &str, subpath: &str) -> std::result::Result<PathBuf, String> {
    let manifest = package.folder.join("package.json");
    if package.has_exports() {
        let path = package.exported(subpath).map(|path| normalised(&path));
        let Some(path) = path else {
            return Err(format!("`{specifier}` is not among the `exports` of `{}`", manifest.display()));
        };
        return if path.is_file() {
            Ok(path)
        } else {
            Err(format!("`{}`, which `{}` names, is not there", path.display(), manifest.display()))
        };
    }
    if subpath == "." {
        let entry = package.entries().find_map(|path| probe(&normalised(&path)));
        return entry.ok_or_else(|| format!("`{}` names no entry that is there", manifest.display()));
    }
    let wanted = normalised(&package.folder.join(subpath));
    probe(&wanted).ok_or_else(|| not_found(specifier, &wanted))
}

fn absolute(folder: &Path) -> PathBuf {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf())
}

/// Modules of Node that need no `node:`.
const NODE_MODULES: &[&str] = &[
    "assert",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "console",
    "crypto",
    "dgram",
    "dns",
    "events",
    "fs",
    "http",
    "http2",
    "https",
    "module",
    "net",
    "os",
    "path",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "stream",
    "string_decoder",
    "timers",
    "tls",
    "tty",
    "url",
    "util",
    "v8",
    "vm",
    "worker_threads",
    "zlib",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that is removed again.
    struct Tree(PathBuf);

    impl Tree {
        fn new(name: &str, files: &[(&str, &str)]) -> Tree {
            let root = std::env::temp_dir().join(format!("jerboa-{name}-{}", std::process::id()));
            for (path, text) in files {
                let path = root.join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            Tree(root.canonicalize().unwrap())
        }

        fn resolve(&self, folder: &str, specifier: &str) -> std::result::Result<String, String> {
            let path = resolve(&self.0.join(folder), specifier)?;
            Ok(path.strip_prefix(&self.0).unwrap().to_string_lossy().into_owned())
        }
    }

    impl Drop for Tree {
        fn drop(&mut self) {
            // A folder that stays behind does no harm.
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn ok(path: &str) -> std::result::Result<String, String> {
        Ok(path.to_string())
    }

    #[test]
    fn relative_paths() {
        let tree = Tree::new(
            "relative",
            &[("src/a.js", ""), ("src/b.ts", ""), ("src/d/index.mjs", ""), ("c.json", "1"), ("src/d.js", "")],
        );
        assert_eq!(tree.resolve("src", "./a.js"), ok("src/a.js"));
        assert_eq!(tree.resolve("src", "./a"), ok("src/a.js"));
        assert_eq!(tree.resolve("src", "./b.js"), ok("src/b.ts"));
        assert_eq!(tree.resolve("src", "./b"), ok("src/b.ts"));
        assert_eq!(tree.resolve("src", "./d"), ok("src/d.js"));
        assert_eq!(tree.resolve("src/d", "."), ok("src/d/index.mjs"));
        assert_eq!(tree.resolve("src/d", "../../c"), ok("c.json"));
        assert!(tree.resolve("src", "./none").unwrap_err().contains("src/none"));
    }

    #[test]
    fn packages() {
        let tree = Tree::new(
            "packages",
            &[
                (
                    "package.json",
                    r##"{"name": "me", "exports": "./src/main.js", "imports": {"#x": "./src/x.js"}}"##,
                ),
                ("src/main.js", ""),
                ("src/x.js", ""),
                ("node_modules/a/package.json", r#"{"exports": {".": "./m.mjs", "./sub/*": "./lib/*.js"}}"#),
                ("node_modules/a/m.mjs", ""),
                ("node_modules/a/lib/one.js", ""),
                ("node_modules/a/node_modules/c/index.js", ""),
                ("node_modules/@s/b/package.json", r#"{"module": "es", "main": "cjs.js"}"#),
                ("node_modules/@s/b/es/index.js", ""),
                ("node_modules/@s/b/cjs.js", ""),
            ],
        );
        assert_eq!(tree.resolve("src", "a"), ok("node_modules/a/m.mjs"));
        assert_eq!(tree.resolve("src", "a/sub/one"), ok("node_modules/a/lib/one.js"));
        assert!(tree.resolve("src", "a/lib/one.js").unwrap_err().contains("exports"));
        assert_eq!(tree.resolve("src", "@s/b"), ok("node_modules/@s/b/es/index.js"));
        assert_eq!(tree.resolve("src", "@s/b/cjs"), ok("node_modules/@s/b/cjs.js"));
        assert_eq!(tree.resolve("node_modules/a/lib", "c"), ok("node_modules/a/node_modules/c/index.js"));
        assert_eq!(tree.resolve("src", "me"), ok("src/main.js"));
        assert_eq!(tree.resolve("src", "#x"), ok("src/x.js"));
        assert!(tree.resolve("src", "nothing").unwrap_err().contains("not installed"));
        assert!(tree.resolve("src", "node:fs").unwrap_err().contains("Node itself"));
        assert!(tree.resolve("src", "fs").unwrap_err().contains("Node itself"));
    }
}
