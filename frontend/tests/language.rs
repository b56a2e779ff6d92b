//! The examples of `docs/language.md`: those marked `refuse CODE` are refused with that code, the others accepted.
use jerboa_frontend::{Options, Source, compile};
use std::path::Path;

#[test]
fn the_examples_of_the_language_page_hold() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/language.md");
    let page = std::fs::read_to_string(path).expect("the page exists");
    let mut examples = 0;
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(marks) = line.strip_prefix("```js") else { continue };
        let text: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let text = text.join("\n");
        let result = compile(&[Source::new("example.js", &text)], &Options::default());
        examples += 1;
        let line = number + 1;
        match (marks.trim().strip_prefix("refuse "), result) {
            (None, Ok(compiled)) => {
                jerboa_ir::verify::verify(&compiled.module).unwrap_or_else(|e| panic!("line {line}: {e}"));
            }
            (None, Err(diagnostics)) => panic!("line {line} is refused: {}", diagnostics[0]),
            (Some(code), Ok(_)) => panic!("line {line} is accepted, not refused with {code}"),
            (Some(code), Err(diagnostics)) => assert_eq!(diagnostics[0].code, code, "line {line}"),
        }
    }
    assert!(examples > 20, "only {examples} examples found");
}
