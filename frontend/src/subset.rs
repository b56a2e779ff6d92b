//! The subset: refuses what parses but is not compiled, each construct with its own diagnostic.
use crate::diagnostics::{self, Diagnostic, Place};
use crate::regexp::Refusal;
use crate::scope::{Scopes, display_name};
use crate::source::Positions;
use jerboa_abi::builtins::GLOBALS;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::Scoping;
use oxc_span::{GetSpan, Span};
use oxc_syntax::operator::UnaryOperator;
use oxc_syntax::scope::ScopeFlags;

/// Everything in the program that is outside the language, in source order.
pub(crate) fn check(program: &Program<'_>, positions: &Positions) -> Vec<Diagnostic> {
    let mut checker = Checker { positions, found: Vec::new() };
    checker.visit_program(program);
    checker.found
}

/// Whether a script has an `import()`, even one that can not be compiled.
pub(crate) fn imports(program: &Program<'_>) -> bool {
    struct Finder(bool);
    impl<'a> Visit<'a> for Finder {
        fn visit_import_expression(&mut self, _: &ImportExpression<'a>) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    finder.visit_program(program);
    finder.0
}

/// Names of the global scope that have no counterpart here, with what to do instead.
const MISSING_GLOBALS: &[(&str, &str)] = &[
    ("Proxy", "use getters and setters, or functions"),
    ("SharedArrayBuffer", "there is one thread; use an ArrayBuffer"),
    ("Atomics", "there is one thread; ordinary reads and writes are atomic"),
    ("Intl", "format the text yourself; a device has no locale data"),
    ("ShadowRealm", "there is one global scope"),
];

/// What makes a file CommonJS.
const COMMON_JS: &[&str] = &["require", "module", "exports"];

/// Complains of names that the program neither declares nor gets from the runtime: an error for those that are left
/// out for good, else a warning; in the files of packages (`dependencies`, by source) always a warning.
pub(crate) fn check_names(
    program: &Program<'_>,
    scoping: &Scoping,
    scopes: &Scopes,
    positions: &Positions,
    dependencies: &[bool],
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut names = Names {
        scoping,
        scopes,
        positions,
        dependencies,
        quiet: false,
        depth: 0,
        asks_for_common_js: false,
        common_js: Vec::new(),
        errors: Vec::new(),
        warnings: Vec::new(),
    };
    names.visit_program(program);
    // Code that asks whether it is in CommonJS can do without.
    if !names.asks_for_common_js {
        names.errors.append(&mut names.common_js);
    }
    (names.errors, names.warnings)
}

struct Names<'t> {
    scoping: &'t Scoping,
    scopes: &'t Scopes,
    positions: &'t Positions,
    dependencies: &'t [bool],
    /// Whether the next identifier is the operand of `typeof`, which asks whether it exists.
    quiet: bool,
    /// Depth of functions with their own `arguments`.
    depth: u32,
    /// Whether there is a `typeof` of something of CommonJS.
    asks_for_common_js: bool,
    /// Complaints about CommonJS.
    common_js: Vec<Diagnostic>,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl<'a> Visit<'a> for Names<'_> {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        self.depth += 1;
        walk::walk_function(self, it, flags);
        self.depth -= 1;
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'a>) {
        self.quiet = it.operator == UnaryOperator::Typeof && matches!(it.argument, Expression::Identifier(_));
        walk::walk_unary_expression(self, it);
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        let quiet = std::mem::take(&mut self.quiet);
        let name = display_name(it.name.as_str());
        if quiet && COMMON_JS.contains(&name) {
            self.asks_for_common_js = true;
        }
        let known = quiet
            || it.name.starts_with('%')
            || name == "globalThis"
            || (name == "arguments" && self.depth > 0)
            || GLOBALS.iter().any(|g| g.name == name)
            || self.scopes.resolve(self.scoping, it).is_some();
        if known {
            return;
        }
        let place = place(self.positions, it.span);
        match MISSING_GLOBALS.iter().find(|(missing, _)| *missing == name) {
            Some((_, help)) => {
                let dependency = self.dependencies.get(place.source).copied().unwrap_or_default();
                let message = diagnostics::missing_global(place, name, help);
                if dependency {
                    self.warnings.push(message.into_warning());
                } else {
                    self.errors.push(message);
                }
            }
            None if COMMON_JS.contains(&name) && !self.scopes.global_object => {
                self.common_js.push(diagnostics::common_js(place, name));
            }
            None if self.scopes.global_object => {}
            None => self.warnings.push(diagnostics::undeclared(place, name)),
        }
    }
}

/// The place of a span in what was parsed.
pub(crate) fn place(positions: &Positions, span: Span) -> Place {
    let (source, start) = positions.original(span.start);
    let (_, end) = positions.original(span.end);
    Place { source, span: start..end.max(start) }
}

struct Checker<'t> {
    positions: &'t Positions,
    found: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn refuse(&mut self, span: Span, message: impl FnOnce(Place) -> Diagnostic) {
        self.found.push(message(place(self.positions, span)));
    }
}

impl<'a> Visit<'a> for Checker<'_> {
    fn visit_class_element(&mut self, it: &ClassElement<'a>) {
        match it {
            ClassElement::AccessorProperty(_) => self.refuse(it.span(), diagnostics::decorator),
            _ => walk::walk_class_element(self, it),
        }
    }

    fn visit_reg_exp_literal(&mut self, it: &RegExpLiteral<'a>) {
        match crate::regexp::program(it) {
            Ok(_) => {}
            Err(Refusal::Properties) => self.refuse(it.span, diagnostics::unicode_properties),
            Err(Refusal::Syntax(message)) => {
                let text = it.regex.pattern.text.as_str();
                self.refuse(it.span, |place| diagnostics::regular_expression(place, text, message));
            }
        }
    }

    fn visit_big_int_literal(&mut self, it: &BigIntLiteral<'a>) {
        self.refuse(it.span, diagnostics::bigint);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if it.callee.is_specific_id("eval") {
            self.refuse(it.callee.span(), diagnostics::direct_eval);
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_jsx_element(&mut self, it: &JSXElement<'a>) {
        self.refuse(it.span, diagnostics::jsx);
    }

    fn visit_jsx_fragment(&mut self, it: &JSXFragment<'a>) {
        self.refuse(it.span, diagnostics::jsx);
    }

    fn visit_v8_intrinsic_expression(&mut self, it: &V8IntrinsicExpression<'a>) {
        self.refuse(it.span, diagnostics::v8_intrinsic);
    }

    fn visit_decorator(&mut self, it: &Decorator<'a>) {
        self.refuse(it.span, diagnostics::decorator);
    }

    fn visit_variable_declaration(&mut self, it: &VariableDeclaration<'a>) {
        if it.kind.is_using() {
            self.refuse(it.span, diagnostics::using_declaration);
        }
        walk::walk_variable_declaration(self, it);
    }
}
