//! `package.json`: the fields that say what the names of a package's modules mean.
//!
//! The algorithm for `exports` and `imports` is that of Node ("PACKAGE_TARGET_RESOLVE", "PACKAGE_IMPORTS_EXPORTS_RESOLVE" in its page on
//! ECMAScript modules), with the conditions of bundlers.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::path::{Path, PathBuf};

/// Conditions of `exports` that hold, beside `default`: a program is made of modules, and bundlers' entries are modules, too.
const CONDITIONS: &[&str] = &["jerboa", "import", "module", "module-sync"];

/// The manifest of a package.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Package {
    /// Its folder.
    #[serde(skip)]
    pub folder: PathBuf,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    #[serde(default)]
    main: Option<Lenient>,
    #[serde(default)]
    module: Option<Lenient>,
    #[serde(default)]
    exports: Option<Target>,
    #[serde(default)]
    imports: Option<Target>,
}

/// A field that ought to be a string.
#[derive(Debug, serde::Deserialize)]
#[serde(untagged)]
enum Lenient {
    Text(String),
    Other(serde::de::IgnoredAny),
}

/// The right side of `exports` or `imports`.
#[derive(Debug, Clone)]
enum Target {
    Path(String),
    /// By condition, or by subpath at the top, in the order of the file.
    Choices(Vec<(String, Target)>),
    Alternatives(Vec<Target>),
    Nothing,
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Target, D::Error> {
        struct TargetVisitor;
        impl<'de> Visitor<'de> for TargetVisitor {
            type Value = Target;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a path, an object, a list or null")
            }

            fn visit_str<E>(self, text: &str) -> Result<Target, E> {
                Ok(Target::Path(text.to_string()))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Target, E> {
                Ok(Target::Nothing)
            }

            fn visit_unit<E>(self) -> Result<Target, E> {
                Ok(Target::Nothing)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Target, A::Error> {
                let mut choices = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    choices.push(entry);
                }
                Ok(Target::Choices(choices))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Target, A::Error> {
                let mut targets = Vec::new();
                while let Some(target) = list.next_element()? {
                    targets.push(target);
                }
                Ok(Target::Alternatives(targets))
            }
        }
        deserializer.deserialize_any(TargetVisitor)
    }
}

impl Package {
    /// Reads the manifest in a folder; `None` if there is none.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(folder: &Path) -> Result<Option<Package>, String> {
        let path = folder.join("package.json");
        let Ok(text) = std::fs::read_to_string(&path) else { return Ok(None) };
        let mut package: Package =
            serde_json::from_str(&text).map_err(|error| format!("`{}`: {error}", path.display()))?;
        package.folder = folder.to_path_buf();
        Ok(Some(package))
    }

    /// A package without a manifest.
    pub fn bare(folder: &Path) -> Package {
        Package { folder: folder.to_path_buf(), ..Package::default() }
    }

    /// The nearest manifest at or above a folder; those of folders of packages count alone, as for Node.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn around(folder: &Path) -> Result<Option<Package>, String> {
        for folder in folder.ancestors() {
            if folder.ends_with("node_modules") {
                break;
            }
            if let Some(package) = Package::read(folder)? {
                return Ok(Some(package));
            }
        }
        Ok(None)
    }

    /// Whether it restricts what can be imported from it.
    pub fn has_exports(&self) -> bool {
        self.exports.is_some()
    }

    /// The file that `exports` names for a subpath (`.` or `./…`); `None` if it offers none.
    pub fn exported(&self, subpath: &str) -> Option<PathBuf> {
        let exports = self.exports.as_ref()?;
        let by_subpath = matches!(exports, Target::Choices(choices)
            if choices.first().is_some_and(|(key, _)| key.starts_with('.')));
        let relative = match exports {
            Target::Choices(choices) if by_subpath => lookup(choices, subpath)?,
            target if subpath == "." => choose(target, "")?,
            _ => return None,
        };
        Some(self.folder.join(relative))
    }

    /// What `imports` says of a name that begins with `#`: a path in the package, or the name of another package's module.
    pub fn imported(&self, name: &str) -> Option<String> {
        match self.imports.as_ref()? {
            Target::Choices(choices) => lookup(choices, name),
            _ => None,
        }
    }

    /// The entries of a package without `exports`, the best first.
    pub fn entries(&self) -> impl Iterator<Item = PathBuf> + '_ {
        let text = |field: &Option<Lenient>| match field {
            Some(Lenient::Text(text)) => Some(text.clone()),
            Some(Lenient::Other(_)) | None => None,
        };
        let named = [text(&self.module), text(&self.main)].into_iter().flatten();
        named.chain(std::iter::once("index".to_string())).map(|entry| self.folder.join(entry))
    }
}

/// The target of a key: itself, or the pattern with the longest part before its `*` that fits.
fn lookup(choices: &[(String, Target)], key: &str) -> Option<String> {
    if let Some((_, target)) = choices.iter().find(|(name, _)| name == key && !name.contains('*')) {
        return choose(target, "");
    }
    let fitting = choices.iter().filter_map(|(name, target)| {
        let (before, after) = name.split_once('*')?;
        let middle = key.strip_prefix(before)?.strip_suffix(after)?;
        (!middle.is_empty()).then_some((before.len(), name.len(), middle, target))
    });
    let (_, _, middle, target) = fitting.max_by_key(|(before, length, ..)| (*before, *length))?;
    choose(target, middle)
}

/// The path of a target under our conditions, with `*` replaced.
fn choose(target: &Target, star: &str) -> Option<String> {
    match target {
        Target::Path(path) => Some(path.replace('*', star)),
        Target::Choices(choices) => choices
            .iter()
            .filter(|(condition, _)| condition == "default" || CONDITIONS.contains(&condition.as_str()))
            .find_map(|(_, target)| choose(target, star)),
        Target::Alternatives(targets) => targets.iter().find_map(|target| choose(target, star)),
        Target::Nothing => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Package;
    use std::path::PathBuf;

    fn package(text: &str) -> Package {
        serde_json::from_str(text).unwrap()
    }

    fn path(text: &str) -> Option<PathBuf> {
        Some(PathBuf::from(text))
    }

    #[test]
    fn conditions_are_taken_in_the_order_of_the_file() {
        let p = package(r#"{"exports": {"require": "./a.cjs", "default": "./b.js", "import": "./c.mjs"}}"#);
        assert_eq!(p.exported("."), path("./b.js"));
        let p = package(
            r#"{"exports": {".": {"node": {"import": "./n.js"}, "import": {"types": "./t.d.ts", "default": "./c.mjs"}}}}"#,
        );
        assert_eq!(p.exported("."), path("./c.mjs"));
        assert_eq!(p.exported("./other"), None);
    }

    #[test]
    fn patterns_and_exclusions() {
        let p =
            package(r#"{"exports": {"./*": "./lib/*.js", "./internal/*": null, "./a/*.js": ["./x/*.js"]}}"#);
        assert_eq!(p.exported("./f/g"), path("./lib/f/g.js"));
        assert_eq!(p.exported("./internal/x"), None);
        assert_eq!(p.exported("./a/b.js"), path("./x/b.js"));
        assert_eq!(p.exported("."), None);
    }

    #[test]
    fn names_of_the_package_itself() {
        let p = package(r##"{"imports": {"#util": "./src/util.js", "#dep": {"default": "other"}}}"##);
        assert_eq!(p.imported("#util").as_deref(), Some("./src/util.js"));
        assert_eq!(p.imported("#dep").as_deref(), Some("other"));
        assert_eq!(p.imported("#none"), None);
    }

    #[test]
    fn entries_without_exports() {
        let p = package(r#"{"main": "lib/main.js", "module": "lib/main.mjs", "browser": {}}"#);
        let entries: Vec<_> = p.entries().collect();
        assert_eq!(entries, ["lib/main.mjs", "lib/main.js", "index"].map(PathBuf::from));
        assert!(!p.has_exports() && package(r#"{"exports": "./x.js"}"#).has_exports());
    }
}
