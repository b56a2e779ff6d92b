//! Every message of the frontend, one constructor each.
//!
//! Codes are stable: `E00xx` the text itself (syntax, early errors, limits), `E01xx` functions and classes,
//! `E02xx` expressions and patterns, `E03xx` modules, `E04xx` what the language leaves out for good, `E05xx`
//! other statements; `W` is for warnings. A code is never reused. Messages of early errors begin with the standard's word,
//! `SyntaxError`.
use std::fmt;
use std::ops::Range;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// The program is refused.
    Error,
    /// The program is compiled, but is likely not what was meant.
    Warning,
}

/// A place in a source with what to say about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// Index of the source among those given to [`crate::compile`].
    pub source: usize,
    /// Byte range in its text.
    pub span: Range<usize>,
    /// The text at the underline; may be empty.
    pub text: String,
}

/// A message about a program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Such as `E0101`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// Places, the most important one first.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}[{}]: {}", self.code, self.message)?;
        for label in &self.labels {
            write!(f, "\n  at bytes {}..{} of source {}", label.span.start, label.span.end, label.source)?;
            if !label.text.is_empty() {
                write!(f, ": {}", label.text)?;
            }
        }
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

/// A place in one source; every constructor below takes one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    /// Index of the source.
    pub source: usize,
    /// Byte range in its text.
    pub span: Range<usize>,
}

fn error(
    code: &'static str,
    place: Place,
    message: impl Into<String>,
    label: &str,
    help: &str,
) -> Diagnostic {
    Diagnostic {
        code,
        severity: Severity::Error,
        message: message.into(),
        labels: vec![Label { source: place.source, span: place.span, text: label.to_string() }],
        help: (!help.is_empty()).then(|| help.to_string()),
    }
}

/// The parser's or the early-error checker's own message. `labels` may be empty.
pub(crate) fn syntax_error(message: &str, mut labels: Vec<Label>, help: Option<String>) -> Diagnostic {
    // Advice about the parser's own options helps nobody here.
    let help = help.filter(|help| !help.contains("parser option"));
    // The declaration that is too much is the place to look at, not the first one.
    if message.ends_with("has already been declared") {
        labels.reverse();
    }
    Diagnostic {
        code: "E0001",
        severity: Severity::Error,
        message: format!("SyntaxError: {message}"),
        labels,
        help,
    }
}

pub(crate) fn nesting_too_deep(place: Place, limit: u32) -> Diagnostic {
    error(
        "E0002",
        place,
        format!("nested more than {limit} levels deep"),
        "the limit is reached here",
        "split the expression or statement into parts, for example by variables or functions",
    )
}

pub(crate) fn no_source() -> Diagnostic {
    Diagnostic {
        code: "E0003",
        severity: Severity::Error,
        message: "no source file".to_string(),
        labels: Vec::new(),
        help: Some("name the file to compile".to_string()),
    }
}

pub(crate) fn source_too_large(place: Place, limit: usize) -> Diagnostic {
    error(
        "E0004",
        place,
        format!("source file larger than {} MiB", limit >> 20),
        "",
        "move data out of the program's text",
    )
}

pub(crate) fn parameter_redeclared(place: Place, name: &str) -> Diagnostic {
    error(
        "E0104",
        place,
        format!("`var {name}` redeclares a parameter of a function with default values"),
        "redeclared here",
        "give the variable another name; the standard makes these two variables, which is rarely meant",
    )
}

pub(crate) fn unicode_properties(place: Place) -> Diagnostic {
    error(
        "E0201",
        place,
        "Unicode properties and the flag `v` are not supported in regular expressions",
        "regular expression literal",
        "write a class with the ranges that are meant",
    )
}

pub(crate) fn regular_expression(place: Place, pattern: &str, message: &str) -> Diagnostic {
    error(
        "E0001",
        place,
        format!("SyntaxError: Invalid regular expression: /{pattern}/: {message}"),
        "regular expression literal",
        "",
    )
}

pub(crate) fn bigint(place: Place) -> Diagnostic {
    error(
        "E0203",
        place,
        "BigInt is not supported",
        "BigInt literal",
        "use numbers; integers are exact up to 2 ** 53",
    )
}

pub(crate) fn module(place: Place) -> Diagnostic {
    error(
        "E0301",
        place,
        "ES modules are not supported yet",
        "makes this file a module",
        "put the program into one script file",
    )
}

pub(crate) fn dynamic_import(place: Place) -> Diagnostic {
    error(
        "E0302",
        place,
        "`import()` is not supported",
        "dynamic import",
        "a program for a device is one closed world: all of its code is known when it is built",
    )
}

pub(crate) fn import_meta(place: Place) -> Diagnostic {
    error("E0303", place, "`import.meta` is not supported", "import.meta", "")
}

pub(crate) fn direct_eval(place: Place) -> Diagnostic {
    error(
        "E0401",
        place,
        "direct `eval` is not supported",
        "would need the compiler and the variables' names at run time",
        "write the code out; for data, use `JSON.parse`",
    )
}

pub(crate) fn typescript(place: Place) -> Diagnostic {
    error("E0402", place, "type annotations are not supported yet", "not JavaScript", "remove the types")
}

pub(crate) fn jsx(place: Place) -> Diagnostic {
    error("E0403", place, "JSX is not supported", "JSX", "call the functions that JSX stands for")
}

pub(crate) fn v8_intrinsic(place: Place) -> Diagnostic {
    error("E0404", place, "V8 intrinsics are not supported", "V8 intrinsic", "")
}

pub(crate) fn decorator(place: Place) -> Diagnostic {
    error("E0405", place, "decorators are not supported", "decorator", "call the function yourself")
}

pub(crate) fn missing_global(place: Place, name: &str, help: &str) -> Diagnostic {
    error("E0406", place, format!("`{name}` is not supported"), "has no counterpart here", help)
}

pub(crate) fn undeclared(place: Place, name: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        ..error(
            "W0001",
            place,
            format!("`{name}` is not declared, and no built-in has this name"),
            "throws a ReferenceError when it is reached",
            "",
        )
    }
}

pub(crate) fn using_declaration(place: Place) -> Diagnostic {
    error(
        "E0502",
        place,
        "`using` declarations are not supported",
        "using declaration",
        "release the resource in a `finally` block",
    )
}

pub(crate) fn catch_parameter_redeclared(place: Place, name: &str) -> Diagnostic {
    error(
        "E0503",
        place,
        format!("`var {name}` has the name of the enclosing catch clause's parameter"),
        "redeclared here",
        "give the variable another name; the standard makes these two variables, which is rarely meant",
    )
}

/// A construct that reached lowering although no rule of the subset knows it; the safe answer.
pub(crate) fn unsupported(place: Place, construct: &str) -> Diagnostic {
    error("E0599", place, format!("{construct} is not supported"), "", "")
}
