//! What is refused, with which code and where; and that what the refusals suggest is accepted.
use jerboa_frontend::{Diagnostic, Import, Options, Source, compile};

fn check(name: &str, text: &str) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    compile(&[Source::new(name, text)], &Options::default()).map(|compiled| compiled.warnings)
}

/// Code, what the underline must cover (empty: anything), source.
const REFUSED: &[(&str, &str, &str)] = &[
    ("E0001", "", "var x = ;"),
    ("E0001", "", "let a; let a;"),
    ("E0001", "", "with (o) f();"),
    ("E0001", "", "delete x;"),
    ("E0001", "", "x = 010;"),
    ("E0001", "", "eval = 1;"),
    ("E0001", "", "break;"),
    ("E0001", "", "function f(a, a) {}"),
    ("E0001", "", "x = { __proto__: 1, __proto__: 2 };"),
    ("E0001", "", "for (let of x) ;"),
    ("E0104", "a", "function f(a, g = () => a) { var a; }"),
    ("E0201", "/\\p{L}/u", "x = /\\p{L}/u;"),
    ("E0001", "/(/", "x = /(/;"),
    ("E0203", "10n", "x = 10n;"),
    ("E0302", "import(x)", "import(x);"),
    ("E0304", "'y'", "import x from 'y';"),
    ("E0304", "'y'", "export * from 'y';"),
    ("E0304", "import('x')", "import('x');"),
    ("E0001", "", "export { a };"),
    ("E0001", "", "export const a = 1; export { b as a }; var b;"),
    ("E0401", "eval", "eval('1');"),
    ("E0406", "Proxy", "new Proxy({}, {});"),
    ("E0503", "e", "try {} catch (e) { var e; }"),
];

#[test]
fn what_is_refused_is_named_and_placed() {
    for (code, underlined, text) in REFUSED {
        let diagnostics = check("t.js", text).expect_err(text);
        let first = &diagnostics[0];
        assert_eq!(first.code, *code, "{text}: {first}");
        assert_eq!(first.message.contains("SyntaxError"), *code == "E0001", "{text}: {first}");
        let label = first.labels.first().unwrap_or_else(|| panic!("{text}: no place"));
        if !underlined.is_empty() {
            assert_eq!(text[label.span.clone()].trim_end(), *underlined, "{text}");
        }
        let says_all = ["E0001", "E0304"].contains(code);
        assert!(says_all || first.help.is_some(), "{text}: no help");
    }
}

/// The files of a program, its entry first, each knowing the others by `./NAME`.
fn check_files(files: &[(&str, &str)]) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let imports: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(i, (name, _))| Import { specifier: format!("./{name}"), found: Ok(i) })
        .collect();
    let sources: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(i, (name, text))| Source { module: i > 0, imports: &imports, ..Source::new(name, text) })
        .collect();
    compile(&sources, &Options::default()).map(|compiled| compiled.warnings)
}

#[test]
fn what_modules_lack_is_shown_in_both() {
    let main = ("m.mjs", "import { a } from './n.mjs'; a;");
    let refused = |other: &str| check_files(&[main, ("n.mjs", other)]).expect_err(other).remove(0);
    let missing = refused("export const b = 1, c = 2;");
    assert_eq!((missing.code, missing.labels[0].span.clone()), ("E0305", 9..10));
    assert_eq!((missing.labels[1].source, missing.labels[1].text.as_str()), (1, "exports `b`, `c`"));
    assert_eq!(refused("export * from './n.mjs';").code, "E0305");
    assert_eq!(refused("export { a } from './m.mjs';").code, "E0305");
    let ambiguous = check_files(&[
        main,
        ("n.mjs", "export * from './x.mjs'; export * from './y.mjs';"),
        ("x.mjs", "export let a;"),
        ("y.mjs", "export let a;"),
    ]);
    assert_eq!(ambiguous.expect_err("two of them")[0].code, "E0306");
    assert_eq!(compile(&[], &Options::default()).expect_err("nothing")[0].code, "E0003");
}

#[test]
fn types_are_no_values_and_need_no_files() {
    let types = ("t.ts", "export interface T {} export type U = T; export const v = 1;");
    let of = |text| check_files(&[("m.ts", text), types]);
    assert!(of("import { T } from './t.ts'; let x: T; import type { Q } from './none'; export { U } from './t.ts';").is_ok());
    assert_eq!(of("import { T } from './t.ts'; T;").expect_err("a type")[0].code, "E0309");
    for (code, text) in [
        ("E0402", "namespace N { export const a = 1; }"),
        ("E0402", "export = 1;"),
        ("E0402", "import a = require('b'); a;"),
        ("E0405", "@d class C {}"),
    ] {
        assert_eq!(of(text).expect_err(text)[0].code, code, "{text}");
    }
    assert_eq!(check("t.tsx", "let a;").expect_err("markup")[0].code, "E0403");
}

#[test]
fn json_is_data_only() {
    let with = |json| check_files(&[("m.mjs", "import d from './d.json'; d;"), ("d.json", json)]);
    assert!(with(" {\"a\": [1, -2e3, null]} ").is_ok());
    assert_eq!(with("{a: 1}").expect_err("JavaScript")[0].code, "E0308");
    let named = check_files(&[("m.mjs", "import { a } from './d.json'; a;"), ("d.json", "{\"a\": 1}")]);
    assert_eq!(named.expect_err("data has one export")[0].code, "E0305");
    let attribute = "import d from './d.json' with { type: 'css' }; d;";
    let attribute = check_files(&[("m.mjs", attribute), ("d.json", "1")]);
    assert_eq!(attribute.expect_err("no such type")[0].code, "E0307");
}

#[test]
fn all_refusals_are_reported_in_order() {
    let diagnostics = check("t.js", "x = 10n;\nx = /\\p{L}/u;\neval('y');").expect_err("three things");
    let codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["E0203", "E0201", "E0401"]);
}

#[test]
fn files_are_strict_without_saying_so() {
    assert!(check("t.js", "var public = 1;").is_err());
    assert!(check("t.js", "var let = 1;").is_err());
    assert!(check("t.js", "#!/usr/bin/env jerboa\nvar fine = 1;").is_ok());
}

#[test]
fn undeclared_names_are_warned_of() {
    let warnings = check("t.js", "nothing;\ntypeof nothing;").expect("accepted");
    assert_eq!(warnings.len(), 1);
    assert_eq!((warnings[0].code, warnings[0].labels[0].span.clone()), ("W0001", 0..7));
    assert!(check("t.js", "globalThis.x = 1; x;").expect("accepted").is_empty());
}

#[test]
fn deep_nesting_is_refused_and_long_programs_are_not() {
    for part in ["(", "[", "!", "{", "a=>", "a?b:", "`${", "if(a)", "a+(", "x={a:", "f(", "new "] {
        let diagnostics = check("t.js", &part.repeat(100_000)).expect_err(part);
        assert_eq!(diagnostics[0].code, "E0002", "{part}");
    }
    assert!(check("t.js", &"f(1);\nvar f = function () { return [1, { a: 2 }]; };\n".repeat(2000)).is_ok());
}

#[test]
fn the_text_form_of_a_diagnostic_has_all_its_parts() {
    let diagnostics = check("t.js", "x = 1n;").expect_err("BigInt");
    assert_eq!(
        diagnostics[0].to_string(),
        "error[E0203]: BigInt is not supported\n  at bytes 4..6 of source 0: BigInt literal\n  \
         help: use numbers; integers are exact up to 2 ** 53"
    );
}

#[test]
fn nesting_below_the_limit_compiles_on_the_stack_that_is_asked_for() {
    let parts = [
        ("x = ", "(", "1", ")"),
        ("x = ", "[", "1", "]"),
        ("x = ", "!", "1", ""),
        ("x = ", "{ a: ", "1", "}"),
        ("x = ", "() => ", "1", ""),
        ("x = ", "a ? b : ", "1", ""),
        ("x = ", "f(", "1", ")"),
        ("x = a", ".b", "", ""),
        ("x = a", "?.b", "", ""),
        ("x = a", "()", "", ""),
        ("x = 1", " + 1", "", ""),
        ("x = 1", " || a", "", ""),
        ("x = ", "y = ", "1", ""),
        ("", "{", ";", "}"),
        ("", "if (a) b; else ", ";", ""),
        ("", "for (;;) ", ";", ""),
        ("", "try {", "", "} finally {}"),
        ("", "function f() {", "", "}"),
        ("", "switch (a) { case 1: ", "", "}"),
        ("var ", "[", "a", "] = []"),
    ];
    for (start, open, middle, close) in parts {
        let text = |n: usize| format!("{start}{}{middle}{}", open.repeat(n), close.repeat(n));
        // The deepest that is accepted.
        let mut depth = 1000;
        let refused = |depth| {
            let source = text(depth);
            let sources = [Source::new("t.js", &source)];
            let result = jerboa_frontend::compile_on_large_stack(&sources, &Options::default());
            matches!(result, Err(diagnostics) if diagnostics[0].code == "E0002")
        };
        while depth > 100 && refused(depth) {
            depth -= 50;
        }
        assert!(depth > 100, "{open} can not be nested a hundred times");
    }
}
