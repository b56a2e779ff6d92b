//! Embeds the files of `targets/`, so that a board is added without touching Rust and an installed `jerboa` needs no
//! data files.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../targets");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files: Vec<_> = fs::read_dir(&root)
        .expect("the targets folder is readable")
        .map(|entry| entry.expect("the targets folder is readable").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "toml" || ext == "ld"))
        .collect();
    files.sort();

    let mut table = String::from("&[\n");
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.file_name().expect("a file has a name").to_str().expect("target names are ASCII");
        let text = fs::read_to_string(&path).expect("target files are UTF-8");
        writeln!(table, "    ({name:?}, {text:?}),").expect("writing to a string");
    }
    table.push_str("]\n");
    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo sets it")).join("targets.rs");
    fs::write(out, table).expect("the output folder is writable");
}
