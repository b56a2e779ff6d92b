//! Jerboa's frontend: from JavaScript sources to the typed IR.
//!
//! Parsing, scopes and early errors are oxc's; this crate decides what the language is (`subset`), what every
//! binding and function needs (`scope`), and makes the IR (`lower`). It does no I/O and is deterministic.
//! The subset is stated as a contract in `docs/language.md`.
mod diagnostics;
mod literal;
mod lower;
mod nesting;
mod regexp;
mod scope;
mod source;
mod subset;

pub use diagnostics::{Diagnostic, Label, Severity};
pub use source::Source;

use jerboa_ir::Module;
use oxc_allocator::Allocator;
use oxc_ast::ast::{Expression, Program, Statement};
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;
use source::PreparedText;

/// Stack that [`compile`] may use with the default [`Options`], in bytes, in a build without optimisation.
/// Run it in a thread that has as much.
pub const STACK_BYTES: usize = 640 << 20;

/// Largest source accepted, in bytes; positions have 32 bits.
const MAX_SOURCE_BYTES: usize = 64 << 20;

/// What the caller may choose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// Deepest nesting of the source that is accepted. The stack that compiling takes grows with it.
    pub max_nesting: u32,
    /// Whether the program runs beside a compiler, so that `eval` and `Function` work.
    pub compiler_present: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { max_nesting: nesting::DEFAULT_LIMIT, compiler_present: false }
    }
}

/// A program that was accepted.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The program.
    pub module: Module,
    /// Messages that do not prevent it from running.
    pub warnings: Vec<Diagnostic>,
}

/// Compiles the program whose entry is the first source.
///
/// # Errors
/// Everything that is wrong with the program or outside the language, in source order. The messages of one stage
/// (syntax, early errors, subset) hide those of later stages.
pub fn compile(sources: &[Source<'_>], options: &Options) -> Result<Compiled, Vec<Diagnostic>> {
    compile_as(sources, options, Goal::Program)
}

/// Compiles a text that a running program gives to indirect `eval`: global code whose `var`s and functions become properties
/// of the global object, unless it begins with `"use strict"`, and whose entry function returns the completion value.
///
/// # Errors
/// As [`compile`].
pub fn compile_evaluated(source: Source<'_>, options: &Options) -> Result<Compiled, Vec<Diagnostic>> {
    compile_as(&[source], options, Goal::Evaluated)
}

/// Compiles the texts of a function's parameters and body, which a running program gives to `Function`, to code whose entry function
/// returns the function. `file` stands for a file's name.
///
/// # Errors
/// As [`compile`].
pub fn compile_function(
    file: &str,
    parameters: &str,
    body: &str,
    options: &Options,
) -> Result<Compiled, Vec<Diagnostic>> {
    let compile = |parameters: &str, body: &str| {
        let text = format!("(function anonymous({parameters}\n) {{\n{body}\n}})");
        compile_as(&[Source { name: file, text: &text }], options, Goal::Function)
    };
    // Each must be right by itself, so that neither can begin or end what belongs to the other.
    compile(parameters, "")?;
    compile("", body)?;
    compile(parameters, body)
}

/// What a text is compiled as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Goal {
    /// The program.
    Program,
    /// Code that a running program evaluates.
    Evaluated,
    /// The same, of one function expression.
    Function,
}

fn compile_as(sources: &[Source<'_>], options: &Options, goal: Goal) -> Result<Compiled, Vec<Diagnostic>> {
    let Some(entry) = sources.first() else { return Err(vec![diagnostics::no_source()]) };
    let whole = diagnostics::Place { source: 0, span: 0..0 };
    if entry.text.len() > MAX_SOURCE_BYTES {
        return Err(vec![diagnostics::source_too_large(whole, MAX_SOURCE_BYTES)]);
    }
    if let Some(span) = nesting::too_deep(entry.text, options.max_nesting) {
        let place = diagnostics::Place { source: 0, span };
        return Err(vec![diagnostics::nesting_too_deep(place, options.max_nesting)]);
    }
    let text = PreparedText::new(entry.text);
    let allocator = Allocator::default();
    let program = parse(&allocator, entry, &text)?;
    let program = allocator.alloc(program);
    if goal == Goal::Function && !is_function(program) {
        return Err(vec![diagnostics::syntax_error("Unexpected token", Vec::new(), None)]);
    }
    let semantic = SemanticBuilder::new().with_check_syntax_error(true).build(program);
    let errors = syntax_errors(&text, semantic.diagnostics.errors());
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut refused = subset::check(program, 0, &text);
    if program.source_type.is_module() && refused.is_empty() {
        refused.push(diagnostics::module(whole));
    }
    if !refused.is_empty() {
        return Err(refused);
    }
    let scoping = semantic.semantic.scoping();
    let world = match goal {
        Goal::Program if options.compiler_present => scope::World::WithCompiler,
        Goal::Program => scope::World::Closed,
        // The first directive is the one that makes every text strict.
        Goal::Evaluated | Goal::Function => scope::World::Evaluated {
            own_variables: program.directives.iter().skip(1).any(|d| d.directive == "use strict"),
        },
    };
    let scopes = scope::Scopes::new(program, scoping, world);
    let conflicts: Vec<_> = scopes
        .var_conflicts
        .iter()
        .map(|(symbol, span)| {
            let place = subset::place(0, &text, *span);
            let name = scoping.symbol_name(*symbol);
            match scopes.symbol(*symbol).kind {
                scope::BindingKind::Param => diagnostics::parameter_redeclared(place, name),
                _ => diagnostics::catch_parameter_redeclared(place, name),
            }
        })
        .collect();
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    let (errors, warnings) = subset::check_names(program, scoping, &scopes, 0, &text);
    if !errors.is_empty() {
        return Err(errors);
    }
    let module = lower::lower(entry, &text, program, scoping, scopes)?;
    Ok(Compiled { module, warnings })
}

/// The same as [`compile`], on a thread of its own with stack enough for any source that is accepted.
///
/// # Errors
/// As [`compile`].
#[cfg(not(target_family = "wasm"))]
pub fn compile_on_large_stack(
    sources: &[Source<'_>],
    options: &Options,
) -> Result<Compiled, Vec<Diagnostic>> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("compile".to_string())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || compile(sources, options))
            .expect("the system gives a thread");
        match thread.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn parse<'a>(
    allocator: &'a Allocator,
    source: &Source<'_>,
    text: &'a PreparedText,
) -> Result<Program<'a>, Vec<Diagnostic>> {
    let module = source.name.ends_with(".mjs");
    let source_type = if module { SourceType::mjs() } else { SourceType::unambiguous() };
    let options = ParseOptions { preserve_parens: false, ..ParseOptions::default() };
    let parsed = Parser::new(allocator, &text.text, source_type).with_options(options).parse();
    let errors = syntax_errors(text, parsed.diagnostics.errors());
    if parsed.panicked || !errors.is_empty() {
        let fallback = || vec![diagnostics::syntax_error("the file does not parse", Vec::new(), None)];
        return Err(if errors.is_empty() { fallback() } else { errors });
    }
    Ok(parsed.program)
}

/// Whether a program is a function expression and nothing else.
fn is_function(program: &Program<'_>) -> bool {
    match &program.body[..] {
        [Statement::ExpressionStatement(statement)] => {
            matches!(statement.expression, Expression::FunctionExpression(_))
        }
        _ => false,
    }
}

fn syntax_errors<'e>(
    text: &PreparedText,
    errors: impl Iterator<Item = &'e oxc_diagnostics::OxcDiagnostic>,
) -> Vec<Diagnostic> {
    errors
        .map(|error| {
            let labels = error
                .labels
                .iter()
                .map(|label| {
                    let start = label.offset();
                    let end = start.saturating_add(label.len());
                    Label {
                        source: 0,
                        span: text.original_offset(start)..text.original_offset(end),
                        text: label.label().unwrap_or_default().to_string(),
                    }
                })
                .collect();
            diagnostics::syntax_error(&error.message, labels, error.help.as_ref().map(ToString::to_string))
        })
        .collect()
}
