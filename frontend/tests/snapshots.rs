//! The IR of small programs, compared with the text beside each (`tests/ir/*.js`, `*.ir`). With `BLESS=1` in the
//! environment, the texts are written anew.
use jerboa_frontend::{Options, Source, compile};
use std::path::Path;

#[test]
fn the_ir_of_small_programs_is_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ir");
    let bless = std::env::var_os("BLESS").is_some();
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder exists")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "js"))
        .collect();
    names.sort();
    let mut failures = Vec::new();
    for path in names {
        let text = std::fs::read_to_string(&path).expect("the program can be read");
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let compiled = compile(&[Source::new(&name, &text)], &Options::default())
            .unwrap_or_else(|d| panic!("{name}: {}", d[0]));
        jerboa_ir::verify::verify(&compiled.module).unwrap_or_else(|e| panic!("{name}: {e}"));
        let printed = jerboa_ir::text::print(&compiled.module);
        let expected_path = path.with_extension("ir");
        if bless {
            std::fs::write(&expected_path, &printed).expect("the text can be written");
        } else {
            let expected = std::fs::read_to_string(&expected_path).unwrap_or_default();
            if expected != printed {
                failures.push(format!("--- {name}: expected\n{expected}\n--- got\n{printed}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}\nrun again with BLESS=1 if this is right", failures.join("\n"));
}
