//! What is refused, with which code and where; and that what the refusals suggest is accepted.
use jerboa_frontend::{Diagnostic, Options, Source, compile};

fn check(name: &str, text: &str) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    compile(&[Source { name, text }], &Options::default()).map(|compiled| compiled.warnings)
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
    ("E0301", "import", "import x from 'y';"),
    ("E0301", "export", "export const a = 1;"),
    ("E0302", "import", "import('x');"),
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
        assert!(*code == "E0001" || first.help.is_some(), "{text}: no help");
    }
}

#[test]
fn module_files_are_refused_by_name_too() {
    let diagnostics = check("t.mjs", "var x = 1;").expect_err("a module");
    assert_eq!(diagnostics[0].code, "E0301");
    assert_eq!(compile(&[], &Options::default()).expect_err("nothing")[0].code, "E0003");
}

#[test]
fn all_refusals_are_reported_in_order() {
    let diagnostics = check("t.js", "x = 10n;\nx = /\\p{L}/u;\nimport('y');").expect_err("three things");
    let codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["E0203", "E0201", "E0302"]);
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
            let sources = [Source { name: "t.js", text: &source }];
            let result = jerboa_frontend::compile_on_large_stack(&sources, &Options::default());
            matches!(result, Err(diagnostics) if diagnostics[0].code == "E0002")
        };
        while depth > 100 && refused(depth) {
            depth -= 50;
        }
        assert!(depth > 100, "{open} can not be nested a hundred times");
    }
}
