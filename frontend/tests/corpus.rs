//! Every program of the corpus and of the benchmarks compiles to a module that the verifier accepts, the same each
//! time.
use jerboa_frontend::{Options, Source, compile_on_large_stack};
use std::path::{Path, PathBuf};

fn programs(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        // Programs in several files are compiled by the runner of the corpus.
        let several = ["main.mjs", "main.js", "main.ts"].iter().any(|name| path.join(name).is_file());
        if several {
            continue;
        }
        if path.is_dir() {
            programs(&path, found);
        } else if path.extension().is_some_and(|e| e == "js") {
            found.push(path);
        }
    }
}

#[test]
fn every_program_compiles_and_verifies() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in ["tests/programs", "bench/programs", "examples"] {
        programs(&root.join(folder), &mut found);
    }
    found.sort();
    let mut failures = Vec::new();
    for path in &found {
        let text = std::fs::read_to_string(path).expect("the file can be read");
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let sources = [Source::new(&name, &text)];
        match compile_on_large_stack(&sources, &Options::default()) {
            Err(diagnostics) => {
                let messages: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
                failures.push(format!("{}: {}", path.display(), messages.join("\n")));
            }
            Ok(compiled) => {
                if let Err(error) = jerboa_ir::verify::verify(&compiled.module) {
                    failures.push(format!("{}: {error}", path.display()));
                }
                let again =
                    compile_on_large_stack(&sources, &Options::default()).expect("it compiled before");
                if jerboa_ir::text::print(&compiled.module) != jerboa_ir::text::print(&again.module) {
                    failures.push(format!("{}: not deterministic", path.display()));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {} failed:\n{}", failures.len(), found.len(), failures.join("\n"));
}
