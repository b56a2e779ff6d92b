//! Jerboa's frontend: from JavaScript sources to the typed IR.
//!
//! Parsing, scopes and early errors are oxc's; this crate decides what the language is (`subset`), what every
//! binding and function needs (`scope`), and makes the IR (`lower`). It does no I/O and is deterministic.
//! The subset is stated as a contract in `docs/language.md`.
mod diagnostics;
mod json;
mod literal;
mod lower;
mod modules;
mod nesting;
mod regexp;
mod scope;
mod source;
mod subset;
mod this;
mod typescript;

pub use diagnostics::{Diagnostic, Label, Severity};
pub use source::{Import, Source};

use jerboa_ir::Module;
use modules::{Broken, Linked, Parsed, Record};
use oxc_allocator::Allocator;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, VisitMut, walk};
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::{Scoping, SemanticBuilder};
use oxc_span::SourceType;
use source::{Language, Positions};

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

/// Compiles the program whose entry is the first source. The others are the modules that it needs, directly or not; what the
/// specifiers in each source mean is up to the caller, see [`Source::imports`].
///
/// # Errors
/// Everything that is wrong with the program or outside the language, in source order. The messages of one stage
/// (syntax, early errors, subset, linking) hide those of later stages.
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

/// Compiles the texts of a function's parameters and body, which a running program gives to `Function` and its like, to code whose entry
/// function returns the function. `file` stands for a file's name; `keywords` begin the function's expression (`async function*`).
///
/// # Errors
/// As [`compile`].
pub fn compile_function(
    file: &str,
    keywords: &str,
    parameters: &str,
    body: &str,
    options: &Options,
) -> Result<Compiled, Vec<Diagnostic>> {
    let compile = |parameters: &str, body: &str| {
        let text = format!("({keywords} anonymous({parameters}\n) {{\n{body}\n}})");
        compile_as(&[Source::new(file, &text)], options, Goal::Function)
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
    if sources.is_empty() {
        return Err(vec![diagnostics::no_source()]);
    }
    let allocator = Allocator::default();
    let (mut parsed, mut broken) = (Vec::new(), Broken::new());
    for (i, source) in sources.iter().enumerate() {
        match check_source(&allocator, i, source, options) {
            Ok(one) if goal == Goal::Function && function_of(&one.program).is_none() => {
                broken.insert(i, vec![diagnostics::syntax_error("Unexpected token", Vec::new(), None)]);
            }
            Ok(one) => parsed.push(one),
            Err(messages) => {
                broken.insert(i, messages);
                parsed.push(Parsed::empty(&allocator, i));
            }
        }
    }
    // A module that only `import()` asks for may have errors of its own, which are thrown when it is asked for.
    let fatal = |(i, messages): (&usize, &Vec<Diagnostic>)| {
        *i == 0 || !messages.iter().all(Diagnostic::is_syntax_error)
    };
    if broken.iter().any(fatal) {
        return Err(broken.into_values().flatten().collect());
    }
    let mut files: Vec<(&str, &str)> = sources.iter().map(|source| (source.name, source.text)).collect();
    let world = if options.compiler_present { scope::World::WithCompiler } else { scope::World::Closed };
    let is_script =
        |p: &Parsed<'_>| !p.is_module && p.record.dynamic.is_empty() && !subset::imports(&p.program);
    if let [script] = &mut parsed[..]
        && is_script(script)
    {
        let Parsed { program, scoping, positions, .. } = script;
        let world = match goal {
            Goal::Program => world,
            // The first directive is the one that makes every text strict.
            Goal::Evaluated | Goal::Function => scope::World::Evaluated {
                own_variables: program.directives.iter().skip(1).any(|d| d.directive == "use strict"),
                sloppy_function: goal == Goal::Function && !function_of(program).is_some_and(is_strict),
            },
        };
        return analyse(program, scoping, world, positions, &files, &[], Vec::new());
    }
    if goal != Goal::Program {
        let message = "Cannot use import statement outside a module";
        return Err(vec![diagnostics::syntax_error(message, Vec::new(), None)]);
    }
    // In traces of the stack, what all files have in common says nothing.
    let folder = files[0].0.rfind('/').map_or("", |end| &files[0].0[..=end]);
    files.iter_mut().for_each(|(name, _)| *name = name.strip_prefix(folder).unwrap_or(name));
    let Linked { program, positions, runtime, warnings } =
        modules::link(&allocator, sources, parsed, broken)?;
    files.push((modules::RUNTIME_NAME, &runtime));
    let scoping = SemanticBuilder::new().build(&program).semantic.into_scoping();
    let dependencies: Vec<bool> = sources.iter().map(Source::is_dependency).collect();
    analyse(&program, &scoping, world, &positions, &files, &dependencies, warnings)
}

/// The stages after parsing and linking.
fn analyse(
    program: &Program<'_>,
    scoping: &Scoping,
    world: scope::World,
    positions: &Positions,
    files: &[(&str, &str)],
    dependencies: &[bool],
    mut warnings: Vec<Diagnostic>,
) -> Result<Compiled, Vec<Diagnostic>> {
    let scopes = scope::Scopes::new(program, scoping, world);
    let conflicts: Vec<_> = scopes
        .var_conflicts
        .iter()
        .map(|(symbol, span)| {
            let place = subset::place(positions, *span);
            let name = scope::display_name(scoping.symbol_name(*symbol));
            match scopes.symbol(*symbol).kind {
                scope::BindingKind::Param => diagnostics::parameter_redeclared(place, name),
                _ => diagnostics::catch_parameter_redeclared(place, name),
            }
        })
        .collect();
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    let (errors, mut unknown) = subset::check_names(program, scoping, &scopes, positions, dependencies);
    if !errors.is_empty() {
        return Err(errors);
    }
    warnings.append(&mut unknown);
    let module = lower::lower(files, positions, program, scoping, scopes)?;
    Ok(Compiled { module, warnings })
}

/// The specifiers of the files that a source may need, each once, in order: those of imports, of exports from other modules, and
/// of `import()`. None if it can not be parsed; [`compile`] says why.
pub fn specifiers(source: &Source<'_>, options: &Options) -> Vec<String> {
    let mut finder = Specifiers { found: Vec::new() };
    let readable = matches!(source.language(), Language::JavaScript | Language::TypeScript);
    if readable && check_size(0, source, options).is_ok() {
        let allocator = Allocator::default();
        let (text, prefix) = source::prepare(source);
        let positions = Positions::of_one(0, prefix, source.text.len());
        if let Ok(program) = parse(&allocator, source, allocator.alloc_str(&text), &positions) {
            finder.visit_program(&program);
        }
    }
    finder.found
}

struct Specifiers {
    found: Vec<String>,
}

impl Specifiers {
    fn add(&mut self, specifier: &str) {
        if !self.found.iter().any(|found| found == specifier) {
            self.found.push(specifier.to_string());
        }
    }
}

impl<'a> Visit<'a> for Specifiers {
    fn visit_import_declaration(&mut self, it: &ImportDeclaration<'a>) {
        if !it.import_kind.is_type() {
            self.add(&it.source.value);
        }
    }

    fn visit_export_from_declaration(&mut self, it: &ExportFromDeclaration<'a>) {
        if !it.export_kind.is_type() {
            self.add(&it.source.value);
        }
    }

    fn visit_export_all_declaration(&mut self, it: &ExportAllDeclaration<'a>) {
        if !it.export_kind.is_type() {
            self.add(&it.source.value);
        }
    }

    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        if let Some(specifier) = modules::literal_specifier(&it.source) {
            self.add(specifier);
        }
        walk::walk_import_expression(self, it);
    }
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

fn check_size(number: usize, source: &Source<'_>, options: &Options) -> Result<(), Diagnostic> {
    if source.text.len() > MAX_SOURCE_BYTES {
        let place = diagnostics::Place { source: number, span: 0..0 };
        return Err(diagnostics::source_too_large(place, MAX_SOURCE_BYTES));
    }
    match nesting::too_deep(source.text, options.max_nesting) {
        Some(span) => {
            let place = diagnostics::Place { source: number, span };
            Err(diagnostics::nesting_too_deep(place, options.max_nesting))
        }
        None => Ok(()),
    }
}

/// Parses a file and checks all that can be known without the others.
fn check_source<'a>(
    allocator: &'a Allocator,
    number: usize,
    source: &Source<'_>,
    options: &Options,
) -> Result<Parsed<'a>, Vec<Diagnostic>> {
    check_size(number, source, options).map_err(|error| vec![error])?;
    let language = source.language();
    let (text, prefix) = source::prepare(source);
    let positions = Positions::of_one(number, prefix, source.text.len());
    match language {
        Language::Jsx => {
            let place = diagnostics::Place { source: number, span: 0..0 };
            return Err(vec![diagnostics::jsx(place)]);
        }
        Language::Json => json::check(source.text).map_err(|(at, message)| {
            let place = diagnostics::Place { source: number, span: at..at };
            vec![diagnostics::json(place, message)]
        })?,
        Language::JavaScript | Language::TypeScript => {}
    }
    let mut program = parse(allocator, source, allocator.alloc_str(&text), &positions)?;
    if language == Language::Json {
        json::Keys.visit_program(&mut program);
    }
    let semantic = SemanticBuilder::new().with_check_syntax_error(true).with_enum_eval(true).build(&program);
    let errors = syntax_errors(&positions, semantic.diagnostics.errors());
    let mut scoping = semantic.semantic.into_scoping();
    if !errors.is_empty() {
        return Err(errors);
    }
    let typescript = language == Language::TypeScript;
    let mut types = Default::default();
    if typescript {
        types = typescript::erase(allocator, &mut program, &scoping, &positions)?;
        scoping = SemanticBuilder::new().build(&program).semantic.into_scoping();
    }
    let refused = subset::check(&program, &positions);
    if !refused.is_empty() {
        return Err(refused);
    }
    let is_module = program.source_type.is_module();
    let mut record = Record::new(&program, &scoping);
    record.types = types;
    Ok(Parsed { program, scoping, positions, record, is_module, typescript })
}

fn parse<'a>(
    allocator: &'a Allocator,
    source: &Source<'_>,
    text: &'a str,
    positions: &Positions,
) -> Result<Program<'a>, Vec<Diagnostic>> {
    let language = source.language();
    let source_type = match language {
        Language::TypeScript => SourceType::ts(),
        Language::Jsx => SourceType::jsx(),
        Language::JavaScript | Language::Json => SourceType::mjs(),
    };
    let is_module = source.is_module() || language == Language::Json;
    let source_type =
        if is_module { source_type.with_module(true) } else { source_type.with_unambiguous(true) };
    let options = ParseOptions { preserve_parens: false, ..ParseOptions::default() };
    let parsed = Parser::new(allocator, text, source_type).with_options(options).parse();
    let errors = syntax_errors(positions, parsed.diagnostics.errors());
    if parsed.panicked || !errors.is_empty() {
        let fallback = || vec![diagnostics::syntax_error("the file does not parse", Vec::new(), None)];
        return Err(if errors.is_empty() { fallback() } else { errors });
    }
    Ok(parsed.program)
}

/// The function expression that a program is.
fn function_of<'p, 'a>(program: &'p Program<'a>) -> Option<&'p Function<'a>> {
    match &program.body[..] {
        [Statement::ExpressionStatement(statement)] => match &statement.expression {
            Expression::FunctionExpression(function) => Some(function),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a function's own text says that it is strict.
fn is_strict(function: &Function<'_>) -> bool {
    function.body.as_ref().is_some_and(|body| body.directives.iter().any(|d| d.directive == "use strict"))
}

fn syntax_errors<'e>(
    positions: &Positions,
    errors: impl Iterator<Item = &'e oxc_diagnostics::OxcDiagnostic>,
) -> Vec<Diagnostic> {
    errors
        .map(|error| {
            let labels = error
                .labels
                .iter()
                .map(|label| {
                    let start = label.offset();
                    let (source, from) = positions.original(start);
                    let (_, to) = positions.original(start.saturating_add(label.len()));
                    Label { source, span: from..to, text: label.label().unwrap_or_default().to_string() }
                })
                .collect();
            diagnostics::syntax_error(&error.message, labels, error.help.as_ref().map(ToString::to_string))
        })
        .collect()
}
