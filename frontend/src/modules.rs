//! ES modules: linked before anything is analysed, into one program with one scope.
//!
//! The program's modules are put behind each other in the order in which the standard runs them (each after those that it asks for),
//! so that a position further down in the text is a later moment, which is what the analysis of scopes relies on. What they declare
//! at their top levels gets names that tell them apart (`rename`), and what they import gets the name of the variable that it is:
//! an import costs nothing, is live, and is checked for initialisation exactly where the analysis can not prove it.
//! Functions are created at the start of the program, as the standard has it for each module.
//!
//! Modules that do not simply run in order are functions in that program: those that `await` at their top levels, those after
//! them, and those that only `import()` asks for. The linker's own JavaScript (`runtime`) runs them by the standard's
//! algorithm. A program without such modules has nothing of it.
mod graph;
mod record;
mod rename;
mod runtime;

use crate::diagnostics::Diagnostic;
use crate::scope::MARK;
use crate::source::{Positions, Source};
use graph::{Graph, Resolution};
use jerboa_abi::builtins::NativeId;
use oxc_allocator::Allocator;
use oxc_ast::ast::*;
use oxc_ast::builder::AstBuilder;
use oxc_ast_visit::VisitMut;
use oxc_parser::Parser;
use oxc_semantic::{Scoping, SemanticBuilder};
use oxc_span::{SourceType, Span};
use oxc_syntax::symbol::SymbolId;
pub(crate) use record::{Record, literal_specifier};
use rename::{DynamicTargets, Placeholders, Renamer, Wanted};
use runtime::Deferred;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The name under which the linker's own code stands in traces of the stack.
pub(crate) const RUNTIME_NAME: &str = "jerboa:modules";

/// The functions of the runtime that the linker's own code calls, by names that no program can write.
pub(crate) fn intrinsic(name: &str) -> Option<NativeId> {
    (name == "%namespace").then_some(NativeId::ModuleNamespace)
}

/// A file that has passed all checks of its own.
pub(crate) struct Parsed<'a> {
    /// Its syntax, without TypeScript.
    pub program: Program<'a>,
    /// Its scopes.
    pub scoping: Scoping,
    /// The way back to the user's text.
    pub positions: Positions,
    /// What it imports and exports.
    pub record: Record,
    /// Whether it is a module, not a script.
    pub is_module: bool,
    /// Whether it was TypeScript.
    pub typescript: bool,
}

impl<'a> Parsed<'a> {
    /// Stands for a file that cannot be parsed.
    pub(crate) fn empty(allocator: &'a Allocator, number: usize) -> Parsed<'a> {
        let program = empty_program(&AstBuilder::new(allocator));
        let scoping = SemanticBuilder::new().build(&program).semantic.into_scoping();
        Parsed {
            program,
            scoping,
            positions: Positions::of_one(number, "", 0),
            record: Record::default(),
            is_module: true,
            typescript: false,
        }
    }
}

/// What is wrong with the files that cannot be parsed.
pub(crate) type Broken = BTreeMap<usize, Vec<Diagnostic>>;

/// A program made of all files.
pub(crate) struct Linked<'a> {
    /// Its syntax.
    pub program: Program<'a>,
    /// The way back to the users' texts; what follows the last source is `runtime`.
    pub positions: Positions,
    /// The linker's own code, in front of the modules.
    pub runtime: String,
    /// Messages that do not prevent it from running.
    pub warnings: Vec<Diagnostic>,
}

/// A module that has its place in the program.
struct Placed<'a> {
    module: usize,
    span: Span,
    statements: Vec<Statement<'a>>,
}

/// Links the files; the first one is the program's entry. What is wrong with files that only `import()` asks for becomes warnings,
/// and the program throws it.
///
/// # Errors
/// What the modules ask of each other and do not get, and what is wrong with those that the entry needs.
pub(crate) fn link<'a>(
    allocator: &'a Allocator,
    sources: &[Source<'_>],
    mut parsed: Vec<Parsed<'a>>,
    broken: Broken,
) -> Result<Linked<'a>, Vec<Diagnostic>> {
    let builder = AstBuilder::new(allocator);
    let mut programs: Vec<_> =
        parsed.iter_mut().map(|p| std::mem::replace(&mut p.program, empty_program(&builder))).collect();
    let graph = Graph { sources, parsed: &parsed };
    let Schedule { main, later, targets, resolutions, mut warnings } = schedule(&graph, broken)?;
    let modules: Vec<usize> = main.iter().chain(&later).copied().collect();
    let deferred = defer(&graph, &main, &later);

    let mut wanted = Wanted::default();
    let mut errors = Vec::new();
    let mut placed = Vec::new();
    // The text of the linker comes first, but is known last; room is left for it, since positions are only compared.
    let reserved = runtime_bound(&graph, &modules, &targets);
    let mut base = reserved;
    for module in &modules {
        let end = programs[*module].span.end;
        let mut renamer = Renamer::new(&graph, &resolutions, &targets, &mut wanted, allocator, *module, base);
        let statements = renamer.statements(&mut programs[*module]);
        errors.append(&mut renamer.errors);
        warnings.append(&mut renamer.warnings);
        placed.push(Placed { module: *module, span: Span::new(base, base + end), statements });
        base += end + 1;
    }
    if !errors.is_empty() {
        return Err(errors);
    }

    let runtime = runtime::prologue(&graph, &wanted, &targets, &deferred);
    let mut positions = Positions::default();
    positions.push(0, sources.len(), "", runtime.len());
    for place in &placed {
        let own = &parsed[place.module].positions;
        positions.push(place.span.start, place.module, own.prefix(), sources[place.module].text.len());
    }
    let mut body = oxc_allocator::Vec::new_in(&builder);
    let text = allocator.alloc_str(&runtime);
    let mut prologue = Parser::new(allocator, text, SourceType::mjs()).parse().program;
    Placeholders { builder: AstBuilder::new(allocator), base: 0 }.visit_program(&mut prologue);
    body.extend(prologue.body);
    let starts_by_record = deferred.records.get(&0).copied();
    for place in placed {
        if deferred.functions.contains(&place.module) {
            let awaits = parsed[place.module].record.awaits;
            body.extend(module_function(&builder, place, awaits));
        } else {
            body.extend(place.statements);
        }
    }
    if let Some(record) = starts_by_record {
        let span = Span::new(base, base);
        body.push(evaluate(&builder, span, record));
    }
    let span = Span::new(0, base);
    let directives = [Directive::new_use_strict(&builder)];
    let source_type = if parsed[0].is_module { SourceType::mjs() } else { SourceType::script() };
    let program = Program::new(span, source_type, "", [], None, directives, body, &builder);
    Ok(Linked { program, positions, runtime, warnings })
}

fn empty_program<'a>(builder: &AstBuilder<'a>) -> Program<'a> {
    Program::new(Span::new(0, 0), SourceType::script(), "", [], None, [], [], builder)
}

/// Which modules are in the program.
struct Schedule {
    /// Those that the entry asks for, in the order in which they run.
    main: Vec<usize>,
    /// Those that only `import()` asks for.
    later: Vec<usize>,
    /// What `import()` may name.
    targets: DynamicTargets,
    /// What the variables mean that modules have imported.
    resolutions: HashMap<(usize, SymbolId), Resolution>,
    warnings: Vec<Diagnostic>,
}

fn schedule(graph: &Graph<'_, '_>, broken: Broken) -> Result<Schedule, Vec<Diagnostic>> {
    let mut done = HashSet::new();
    let main = graph.order(0, &mut done);
    if main.iter().any(|module| broken.contains_key(module)) {
        return Err(broken.into_values().flatten().collect());
    }
    let resolutions = graph.link(&main)?;
    let mut pending = main.clone();
    let mut schedule = Schedule {
        main,
        later: Vec::new(),
        targets: DynamicTargets::default(),
        resolutions,
        warnings: Vec::new(),
    };
    let mut next = 0;
    while let Some(module) = pending.get(next).copied() {
        next += 1;
        for request in &graph.parsed[module].record.dynamic {
            let Some(target) = graph.target(module, &request.specifier) else { continue };
            if schedule.targets.modules.contains(&target) {
                continue;
            }
            schedule.targets.modules.push(target);
            // One that cannot be linked is not evaluated at all, nor is what it asks for.
            let wanted = graph.order(target, &mut done.clone());
            let mut errors: Vec<Diagnostic> =
                wanted.iter().filter_map(|module| broken.get(module)).flatten().cloned().collect();
            if errors.is_empty() {
                match graph.link(&wanted) {
                    Ok(resolutions) => schedule.resolutions.extend(resolutions),
                    Err(found) => errors = found,
                }
            }
            if !errors.iter().all(Diagnostic::is_syntax_error) {
                return Err(errors);
            }
            if let Some(error) = errors.first() {
                schedule.targets.rejected.insert(target, error.error_message().to_string());
                for warning in errors.into_iter().map(Diagnostic::into_warning) {
                    if !schedule.warnings.contains(&warning) {
                        schedule.warnings.push(warning);
                    }
                }
            } else {
                done.extend(&wanted);
                pending.extend(&wanted);
                schedule.later.extend(wanted);
            }
        }
    }
    Ok(schedule)
}

/// Which modules are functions, and which have records.
fn defer(graph: &Graph<'_, '_>, main: &[usize], later: &[usize]) -> Deferred {
    let first = main.iter().position(|module| graph.parsed[*module].record.awaits);
    let mut deferred = Deferred::default();
    if let Some(first) = first {
        deferred.order.extend(main);
        deferred.functions.extend(&main[first..]);
    }
    deferred.order.extend(later);
    deferred.functions.extend(later);
    deferred.records = deferred.order.iter().enumerate().map(|(i, module)| (*module, i)).collect();
    deferred
}

/// More bytes than the linker's own code can have.
fn runtime_bound(graph: &Graph<'_, '_>, modules: &[usize], targets: &DynamicTargets) -> u32 {
    let names: usize = modules
        .iter()
        .map(|module| graph.names(*module).iter().map(|(name, _)| 6 * name.len() + 100).sum::<usize>())
        .sum();
    let requests: usize = modules.iter().map(|module| 12 * graph.parsed[*module].record.requests.len()).sum();
    let urls: usize = modules.iter().map(|module| 6 * graph.sources[*module].url.len()).sum();
    let messages: usize = targets.rejected.values().map(|message| 6 * message.len() + 100).sum();
    let code = runtime::EVALUATION.len() + runtime::OPTIONS.len();
    (names + requests + urls + messages + 300 * modules.len() + code + 1000) as u32
}

/// A module as a function, after the functions that it declares, which exist from the start.
fn module_function<'a>(builder: &AstBuilder<'a>, place: Placed<'a>, awaits: bool) -> Vec<Statement<'a>> {
    let (mut functions, rest): (Vec<_>, Vec<_>) =
        place.statements.into_iter().partition(|s| matches!(s, Statement::FunctionDeclaration(_)));
    let span = place.span;
    let name = Ident::from_str_in(&format!("{MARK}run.{}", place.module), builder);
    let id = BindingIdentifier::new(span, name, builder);
    let start = Span::new(span.start, span.start);
    let params = FormalParameters::boxed(start, FormalParameterKind::FormalParameter, [], None, builder);
    let rest = oxc_allocator::Vec::from_iter_in(rest, builder);
    let body = FunctionBody::boxed(span, [], rest, builder);
    functions.push(Statement::new_function_declaration(
        span,
        FunctionType::FunctionDeclaration,
        Some(id),
        false,
        awaits,
        false,
        None,
        None,
        params,
        None,
        Some(body),
        builder,
    ));
    functions
}

/// Starts the program by evaluating a record.
fn evaluate<'a>(builder: &AstBuilder<'a>, span: Span, record: usize) -> Statement<'a> {
    let name = |name: &str| Ident::from_str_in(&format!("{name}{MARK}{name}"), builder);
    let number = Expression::new_numeric_literal(
        span,
        record as f64,
        None,
        oxc_syntax::number::NumberBase::Decimal,
        builder,
    );
    let records = Expression::new_identifier(span, name("records"), builder);
    let module = Expression::new_computed_member_expression(span, records, number, false, builder);
    let callee = Expression::new_identifier(span, name("evaluate"), builder);
    let call = Expression::new_call_expression(span, callee, None, [Argument::from(module)], false, builder);
    Statement::new_expression_statement(span, call, builder)
}
