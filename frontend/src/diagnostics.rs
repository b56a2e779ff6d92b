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

/// How messages begin about what the standard calls a syntax error.
const SYNTAX_ERROR: &str = "SyntaxError: ";

impl Diagnostic {
    /// Whether the standard has a syntax error for it, which a program can catch if it comes from `import()`.
    pub(crate) fn is_syntax_error(&self) -> bool {
        self.message.starts_with(SYNTAX_ERROR)
    }

    /// The message that such an error has.
    pub(crate) fn error_message(&self) -> &str {
        self.message.strip_prefix(SYNTAX_ERROR).unwrap_or(&self.message)
    }

    /// The same for code that may never run.
    pub(crate) fn into_warning(self) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..self }
    }
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

pub(crate) fn dynamic_import(place: Place) -> Diagnostic {
    error(
        "E0302",
        place,
        "`import()` of anything but a string literal is not supported",
        "dynamic import",
        "a program for a device is one closed world: write out the names of the modules that it may load",
    )
}

/// `message` is the driver's, which says what was looked for and where.
pub(crate) fn module_not_found(place: Place, message: &str) -> Diagnostic {
    error("E0304", place, message, "imported here", "")
}

/// `other` is the module that lacks the name.
pub(crate) fn missing_export(
    place: Place,
    name: &str,
    from: &str,
    other: Place,
    names: &[String],
) -> Diagnostic {
    let what = match names {
        [] => "exports nothing".to_string(),
        names => format!("exports {}", names.join(", ")),
    };
    let mut diagnostic =
        error("E0305", place, format!("SyntaxError: `{from}` does not export `{name}`"), "imported here", "");
    diagnostic.labels.push(Label { source: other.source, span: other.span, text: what });
    diagnostic
}

/// `other` is the module in which two `export *` collide.
pub(crate) fn ambiguous_import(place: Place, name: &str, other: Place) -> Diagnostic {
    let mut diagnostic =
        error("E0306", place, format!("SyntaxError: the export `{name}` is ambiguous"), "imported here", "");
    let text = "two `export *` of this module give different things".to_string();
    diagnostic.labels.push(Label { source: other.source, span: other.span, text });
    diagnostic
}

pub(crate) fn import_attribute(place: Place, attribute: &str) -> Diagnostic {
    error(
        "E0307",
        place,
        format!("the import attribute `{attribute}` does not fit"),
        "import attribute",
        "the only one is `type: \"json\"`, and only for JSON files",
    )
}

pub(crate) fn json(place: Place, message: &str) -> Diagnostic {
    error("E0308", place, format!("SyntaxError: not JSON: {message}"), "", "")
}

pub(crate) fn common_js(place: Place, name: &str) -> Diagnostic {
    error(
        "E0310",
        place,
        format!("CommonJS is not supported, and `{name}` is not declared"),
        "part of CommonJS",
        "write `import` and `export`; a package may have an entry that does",
    )
}

pub(crate) fn type_as_value(place: Place, name: &str) -> Diagnostic {
    error(
        "E0309",
        place,
        format!("SyntaxError: `{name}` is a type, not a value"),
        "used as a value",
        "write `import type` if only the type is meant",
    )
}

pub(crate) fn no_such_member(place: Place, text: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        ..error("W0002", place, format!("`{text}` is not exported"), "is always undefined", "")
    }
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

pub(crate) fn typescript(place: Place, construct: &str, help: &str) -> Diagnostic {
    error("E0402", place, format!("{construct} of TypeScript is not supported"), "", help)
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
