//! Which parts of the runtime an image has: opens the gates that [`jerboa_abi::feature`] describes.
//!
//! The linker does the search. An image is linked with all gates shut; what is in it tells which features are present and
//! which gates are passed; those that are both are opened, and it is linked again, until no more open. An open gate only
//! adds code, so this ends, with the smallest set of gates that is closed under "what is linked may happen".

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jerboa_abi::feature::{ABSENT, ASKS, GATE, INSTEAD, PART, PRESENT};
use object::{Object, ObjectSymbol};

use super::{Error, Result};

/// The gates of a runtime.
#[derive(Debug)]
pub(super) struct Gates {
    /// `FEATURE.GATE` of each.
    all: BTreeSet<String>,
    /// Those that lead somewhere while they are shut.
    replaced: BTreeSet<String>,
    /// Those that are passed. Only these lead anywhere: what a linker script names is kept, whoever refers to it.
    asked: BTreeSet<String>,
    open: BTreeSet<String>,
    present: BTreeSet<String>,
}

impl Gates {
    /// The gates of a runtime's archive, all shut, for a program that has some features by itself.
    pub(super) fn of_archive(archive: &Path, features: &[String]) -> Result<Gates> {
        let bytes = fs::read(archive).map_err(Error::io(archive))?;
        let bad = |reason: String| Error::BadImage { path: archive.to_owned(), reason };
        let file = object::read::archive::ArchiveFile::parse(&*bytes).map_err(|e| bad(e.to_string()))?;
        // The archive's index has the parts, which are as many as the gates.
        let symbols = file.symbols().map_err(|e| bad(e.to_string()))?;
        let (mut all, mut replaced) = (BTreeSet::new(), BTreeSet::new());
        for symbol in symbols.into_iter().flatten() {
            let symbol = symbol.map_err(|e| bad(e.to_string()))?;
            let name = std::str::from_utf8(symbol.name()).unwrap_or_default();
            all.extend(name.strip_prefix(PART).map(str::to_owned));
            replaced.extend(name.strip_prefix(INSTEAD).map(str::to_owned));
        }
        Ok(Gates {
            all,
            replaced,
            asked: BTreeSet::new(),
            open: BTreeSet::new(),
            present: features.iter().cloned().collect(),
        })
    }

    /// Commands for the linker.
    pub(super) fn script(&self) -> String {
        let mut text = String::new();
        for gate in &self.all {
            if self.open.contains(gate) {
                writeln!(text, "PROVIDE(\"{GATE}{gate}\" = \"{PART}{gate}\");")
            } else if self.replaced.contains(gate) && self.asked.contains(gate) {
                writeln!(text, "PROVIDE(\"{GATE}{gate}\" = \"{INSTEAD}{gate}\");")
            } else {
                writeln!(text, "PROVIDE(\"{GATE}{gate}\" = {ABSENT});")
            }
            .expect("writing to a string");
        }
        text
    }

    /// Looks at what is in an image that was linked with these commands; false if it has all that it needs.
    pub(super) fn widen(&mut self, image: &Path) -> Result<bool> {
        let bytes = fs::read(image).map_err(Error::io(image))?;
        let file = object::File::parse(&*bytes)
            .map_err(|e| Error::BadImage { path: image.to_owned(), reason: e.to_string() })?;
        let before = (self.open.len(), self.asked.len());
        for symbol in file.symbols() {
            let Ok(name) = symbol.name() else { continue };
            if let Some(feature) = name.strip_prefix(PRESENT) {
                self.present.insert(feature.to_owned());
            }
            self.asked.extend(name.strip_prefix(ASKS).map(str::to_owned));
        }
        for gate in &self.asked {
            let feature = gate.split_once('.').map_or(gate.as_str(), |(feature, _)| feature);
            if self.present.contains(feature) {
                self.open.insert(gate.clone());
            }
        }
        Ok((self.open.len(), self.asked.len()) != before)
    }
}
