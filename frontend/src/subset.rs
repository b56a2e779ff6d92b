//! The subset: refuses what parses but is not compiled, each construct with its own diagnostic.
use crate::diagnostics::{self, Diagnostic, Place};
use crate::regexp::Refusal;
use crate::scope::Scopes;
use crate::source::PreparedText;
use jerboa_abi::builtins::GLOBALS;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::Scoping;
use oxc_span::{GetSpan, Span};
use oxc_syntax::operator::UnaryOperator;
use oxc_syntax::scope::ScopeFlags;

/// Everything in the program that is outside the language, in source order.
pub(crate) fn check(program: &Program<'_>, source: usize, text: &PreparedText) -> Vec<Diagnostic> {
    let mut checker = Checker { source, text, found: Vec::new() };
    checker.visit_program(program);
    checker.found
}

/// Names of the global scope that have no counterpart here, with what to do instead.
const MISSING_GLOBALS: &[(&str, &str)] = &[
    ("Proxy", "use getters and setters, or functions"),
    ("SharedArrayBuffer", "there is one thread; use an ArrayBuffer"),
    ("Atomics", "there is one thread; ordinary reads and writes are atomic"),
    ("Intl", "format the text yourself; a device has no locale data"),
    ("ShadowRealm", "there is one global scope"),
];

/// Complains of names that the program neither declares nor gets from the runtime: an error for those that are left
/// out for good, else a warning.
pub(crate) fn check_names(
    program: &Program<'_>,
    scoping: &Scoping,
    scopes: &Scopes,
    source: usize,
    text: &PreparedText,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut names = Names {
        scoping,
        scopes,
        source,
        text,
        quiet: false,
        depth: 0,
        errors: Vec::new(),
        warnings: Vec::new(),
    };
    names.visit_program(program);
    (names.errors, names.warnings)
}

struct Names<'t> {
    scoping: &'t Scoping,
    scopes: &'t Scopes,
    source: usize,
    text: &'t PreparedText,
    /// Whether the next identifier is the operand of `typeof`, which asks whether it exists.
    quiet: bool,
    /// Depth of functions with their own `arguments`.
    depth: u32,
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
        let name = it.name.as_str();
        let known = quiet
            || name == "globalThis"
            || (name == "arguments" && self.depth > 0)
            || GLOBALS.iter().any(|g| g.name == name)
            || self.scopes.resolve(self.scoping, it).is_some();
        if known {
            return;
        }
        let place = place(self.source, self.text, it.span);
        match MISSING_GLOBALS.iter().find(|(missing, _)| *missing == name) {
            Some((_, help)) => self.errors.push(diagnostics::missing_global(place, name, help)),
            None if self.scopes.global_object => {}
            None => self.warnings.push(diagnostics::undeclared(place, name)),
        }
    }
}

/// The place of a span in the prepared text.
pub(crate) fn place(source: usize, text: &PreparedText, span: Span) -> Place {
    Place { source, span: text.original_offset(span.start)..text.original_offset(span.end) }
}

struct Checker<'t> {
    source: usize,
    text: &'t PreparedText,
    found: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn refuse(&mut self, span: Span, message: impl FnOnce(Place) -> Diagnostic) {
        self.found.push(message(place(self.source, self.text, span)));
    }

    /// Refuses with an underline under the construct's first word only.
    fn refuse_at(&mut self, span: Span, length: u32, message: impl FnOnce(Place) -> Diagnostic) {
        self.refuse(Span::new(span.start, span.end.min(span.start + length)), message);
    }
}

impl<'a> Visit<'a> for Checker<'_> {
    fn visit_class_element(&mut self, it: &ClassElement<'a>) {
        match it {
            ClassElement::AccessorProperty(_) => self.refuse(it.span(), diagnostics::decorator),
            ClassElement::TSIndexSignature(_) => self.refuse(it.span(), diagnostics::typescript),
            _ => walk::walk_class_element(self, it),
        }
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        if it.body.is_none() || it.this_param.is_some() {
            self.refuse(it.span, diagnostics::typescript);
        } else {
            walk::walk_function(self, it, flags);
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

    fn visit_module_declaration(&mut self, it: &ModuleDeclaration<'a>) {
        self.refuse_at(it.span(), 6, diagnostics::module);
    }

    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        self.refuse_at(it.span, 6, diagnostics::dynamic_import);
    }

    fn visit_import_meta(&mut self, it: &ImportMeta) {
        self.refuse(it.span, diagnostics::import_meta);
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

    fn visit_ts_type_annotation(&mut self, it: &TSTypeAnnotation<'a>) {
        self.refuse(it.span, diagnostics::typescript);
    }

    fn visit_variable_declaration(&mut self, it: &VariableDeclaration<'a>) {
        if it.kind.is_using() {
            self.refuse(it.span, diagnostics::using_declaration);
        }
        walk::walk_variable_declaration(self, it);
    }
}
