//! Makes one scope of the scopes of all modules: every variable of a module's top level, and every use of one by whatever name a
//! module has imported it, gets a name that says which variable it is.
use super::graph::{Binding, Graph, Resolution};
use super::record::literal_specifier;
use crate::diagnostics::{self, Diagnostic};
use crate::scope::{MARK, display_name};
use crate::subset;
use oxc_allocator::{Allocator, TakeIn};
use oxc_ast::ast::*;
use oxc_ast::builder::AstBuilder;
use oxc_ast_visit::{VisitMut, walk_mut};
use oxc_semantic::Scoping;
use oxc_span::{GetSpan, Span};
use oxc_syntax::number::NumberBase;
use oxc_syntax::scope::ScopeFlags;
use oxc_syntax::symbol::SymbolId;
use std::collections::{BTreeSet, HashMap};

/// What modules need of the linker beside each other's variables.
#[derive(Default)]
pub struct Wanted {
    /// Modules whose namespace objects are values.
    pub namespaces: BTreeSet<usize>,
    /// Modules that ask for `import.meta`.
    pub metas: BTreeSet<usize>,
    /// Whether one assigns to what it imported.
    pub assigned_import: bool,
    /// Whether one gives `import()` a second argument.
    pub import_options: bool,
}

/// What `import()` may name.
#[derive(Default)]
pub struct DynamicTargets {
    /// The modules in the order of their numbers at run time.
    pub modules: Vec<usize>,
    /// Those that cannot be linked, with the message of the error that `import()` gives.
    pub rejected: HashMap<usize, String>,
}

/// Names one module's variables.
pub struct Renamer<'r, 'a> {
    pub graph: &'r Graph<'r, 'a>,
    pub resolutions: &'r HashMap<(usize, SymbolId), Resolution>,
    pub targets: &'r DynamicTargets,
    pub scoping: &'r Scoping,
    pub module: usize,
    /// Whether it is a module at all; a script's top level is left as it is.
    pub is_module: bool,
    pub builder: AstBuilder<'a>,
    /// What is added to all positions.
    pub base: u32,
    pub wanted: &'r mut Wanted,
    pub errors: Vec<Diagnostic>,
    pub warnings: Vec<Diagnostic>,
    /// Functions with their own `this` around.
    depth: u32,
}

/// Key of the variable that stands for every imported one when it is assigned to.
pub const ASSIGNED_IMPORT: &str = "assigned.import";

impl<'r, 'a> Renamer<'r, 'a> {
    /// For the module with this number, whose text starts at `base` of the program.
    pub fn new(
        graph: &'r Graph<'r, 'a>,
        resolutions: &'r HashMap<(usize, SymbolId), Resolution>,
        targets: &'r DynamicTargets,
        wanted: &'r mut Wanted,
        allocator: &'a Allocator,
        module: usize,
        base: u32,
    ) -> Renamer<'r, 'a> {
        let parsed = &graph.parsed[module];
        Renamer {
            graph,
            resolutions,
            targets,
            scoping: &parsed.scoping,
            module,
            is_module: parsed.is_module,
            builder: AstBuilder::new(allocator),
            base,
            wanted,
            errors: Vec::new(),
            warnings: Vec::new(),
            depth: 0,
        }
    }

    /// The statements of a program, without its imports and exports.
    pub fn statements(&mut self, program: &mut Program<'a>) -> Vec<Statement<'a>> {
        let body = program.body.take_in(&self.builder);
        let mut statements = Vec::new();
        for statement in body {
            let mut statement = match statement {
                Statement::ImportDeclaration(_)
                | Statement::ExportAllDeclaration(_)
                | Statement::ExportNamedDeclaration(_)
                | Statement::ExportFromDeclaration(_) => continue,
                Statement::ExportDeclaration(export) => Statement::from(export.unbox().declaration),
                Statement::ExportDefaultDeclaration(export) => self.default_export(export.unbox()),
                other => other,
            };
            self.visit_statement(&mut statement);
            statements.push(statement);
        }
        statements
    }

    /// Without a name of its own, what is exported gets a variable.
    fn default_export(&mut self, export: ExportDefaultDeclaration<'a>) -> Statement<'a> {
        let key = Binding { module: self.module, symbol: None }.key();
        let name = self.ident(&format!("default{MARK}{key}"));
        let value = match export.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(mut function) => {
                if function.id.is_none() {
                    function.id = Some(BindingIdentifier::new(function.span, name, &self.builder));
                }
                return Statement::FunctionDeclaration(function);
            }
            ExportDefaultDeclarationKind::ClassDeclaration(mut class) => {
                if class.id.is_some() {
                    return Statement::ClassDeclaration(class);
                }
                class.r#type = ClassType::ClassExpression;
                Expression::ClassExpression(class)
            }
            ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => {
                return Statement::new_empty_statement(export.span, &self.builder);
            }
            other => other.into_expression(),
        };
        self.constant(export.span, name, value)
    }

    fn constant(&self, span: Span, name: Ident<'a>, value: Expression<'a>) -> Statement<'a> {
        let pattern = BindingPattern::new_binding_identifier(span, name, &self.builder);
        let declarator = VariableDeclarator::new(span, pattern, None, Some(value), false, &self.builder);
        let kind = VariableDeclarationKind::Const;
        Statement::new_variable_declaration(span, kind, [declarator], false, &self.builder)
    }

    fn ident(&self, text: &str) -> Ident<'a> {
        Ident::from_str_in(text, &self.builder)
    }

    fn named(&self, name: &str, key: &str) -> Ident<'a> {
        self.ident(&format!("{name}{MARK}{key}"))
    }

    fn shifted(&self, span: Span) -> Span {
        Span::new(span.start + self.base, span.end + self.base)
    }

    /// Whether a variable is of the module's top level.
    fn is_top_level(&self, symbol: SymbolId) -> bool {
        self.is_module && self.scoping.symbol_scope_id(symbol) == self.scoping.root_scope_id()
    }

    fn symbol_of(&self, ident: &IdentifierReference<'_>) -> Option<SymbolId> {
        self.scoping.get_reference(ident.reference_id.get()?).symbol_id()
    }

    /// The name that a use of something gets.
    fn name_of(&mut self, name: &str, resolution: Resolution) -> Option<Ident<'a>> {
        match resolution {
            Resolution::Found(binding) => Some(self.named(name, &binding.key())),
            Resolution::Namespace(module) => {
                self.wanted.namespaces.insert(module);
                Some(self.named(name, &format!("ns.{module}")))
            }
            _ => None,
        }
    }

    /// The module whose namespace object an expression is.
    fn namespace_of(&self, expression: &Expression<'_>) -> Option<usize> {
        let resolution = match expression {
            Expression::Identifier(ident) => *self.resolutions.get(&(self.module, self.symbol_of(ident)?))?,
            other => self.member_of_namespace(other)?.1,
        };
        match resolution {
            Resolution::Namespace(module) => Some(module),
            _ => None,
        }
    }

    /// What `ns.name` means, with the text of it.
    fn member_of_namespace(&self, expression: &Expression<'_>) -> Option<(String, Resolution)> {
        let (object, name) = match expression {
            Expression::StaticMemberExpression(member) if !member.optional => {
                (&member.object, member.property.name.as_str())
            }
            Expression::ComputedMemberExpression(member) if !member.optional => match &member.expression {
                Expression::StringLiteral(name) if !name.lone_surrogates => {
                    (&member.object, name.value.as_str())
                }
                _ => return None,
            },
            _ => return None,
        };
        let module = self.namespace_of(object)?;
        let text = match object {
            Expression::Identifier(ident) => format!("{}.{name}", ident.name),
            _ => name.to_string(),
        };
        Some((text, self.graph.resolve(module, name)))
    }

    /// Whether a function that is called as a member of a namespace object can tell.
    fn may_look_at_this(&self, resolution: Resolution) -> bool {
        match resolution {
            Resolution::Found(Binding { module, symbol: Some(symbol) }) => {
                !self.graph.parsed[module].record.free_of_this.contains(&symbol)
            }
            Resolution::Found(Binding { symbol: None, .. }) => true,
            _ => false,
        }
    }

    /// What stands in the place of `ns.name`.
    fn instead_of_member(&mut self, expression: &Expression<'a>) -> Option<Expression<'a>> {
        let (text, resolution) = self.member_of_namespace(expression)?;
        let span = self.shifted(expression.span());
        match self.name_of(&text, resolution) {
            Some(name) => Some(Expression::new_identifier(span, name, &self.builder)),
            None if matches!(resolution, Resolution::Missing | Resolution::Ambiguous(_)) => {
                let place = subset::place(&self.graph.parsed[self.module].positions, expression.span());
                self.warnings.push(diagnostics::no_such_member(place, &text));
                Some(Expression::new_void_0(span, &self.builder))
            }
            None => None,
        }
    }

    /// `import("…")`: a call of the linker's function with the number of the module.
    fn dynamic_import(&mut self, mut import: ImportExpression<'a>) -> Expression<'a> {
        let span = self.shifted(import.span);
        let target = literal_specifier(&import.source)
            .and_then(|specifier| self.graph.target(self.module, specifier))
            .and_then(|module| self.targets.modules.iter().position(|target| *target == module));
        let Some(target) = target else {
            // A file that was not found has been reported.
            if literal_specifier(&import.source).is_none() {
                let place = subset::place(&self.graph.parsed[self.module].positions, import.span);
                self.errors.push(diagnostics::dynamic_import(place));
            }
            return Expression::new_void_0(span, &self.builder);
        };
        let number =
            Expression::new_numeric_literal(span, target as f64, None, NumberBase::Decimal, &self.builder);
        let mut arguments = oxc_allocator::Vec::from_array_in([Argument::from(number)], &self.builder);
        let mut function = "importModule";
        if let Some(mut options) = import.options.take() {
            self.visit_expression(&mut options);
            self.wanted.import_options = true;
            arguments.push(Argument::from(options));
            function = "importWith";
        }
        let callee = Expression::new_identifier(span, self.named(function, function), &self.builder);
        Expression::new_call_expression(span, callee, None, arguments, false, &self.builder)
    }

    fn with_own_this(&mut self, walk: impl FnOnce(&mut Self)) {
        self.depth += 1;
        walk(self);
        self.depth -= 1;
    }
}

impl<'a> VisitMut<'a> for Renamer<'_, 'a> {
    fn visit_span(&mut self, it: &mut Span) {
        *it = self.shifted(*it);
    }

    fn visit_function(&mut self, it: &mut Function<'a>, flags: ScopeFlags) {
        self.with_own_this(|renamer| walk_mut::walk_function(renamer, it, flags));
    }

    fn visit_property_definition(&mut self, it: &mut PropertyDefinition<'a>) {
        self.visit_span(&mut it.span);
        self.visit_property_key(&mut it.key);
        if let Some(value) = &mut it.value {
            self.with_own_this(|renamer| renamer.visit_expression(value));
        }
    }

    fn visit_static_block(&mut self, it: &mut StaticBlock<'a>) {
        self.with_own_this(|renamer| walk_mut::walk_static_block(renamer, it));
    }

    fn visit_expression(&mut self, it: &mut Expression<'a>) {
        match it {
            Expression::ThisExpression(this) if self.depth == 0 && self.is_module => {
                *it = Expression::new_void_0(self.shifted(this.span), &self.builder);
            }
            Expression::ImportMeta(meta) => {
                let span = self.shifted(meta.span);
                self.wanted.metas.insert(self.module);
                let name = self.named("import.meta", &format!("meta.{}", self.module));
                *it = Expression::new_identifier(span, name, &self.builder);
            }
            Expression::ImportExpression(import) => {
                let import = import.take_in(&self.builder);
                *it = self.dynamic_import(import);
            }
            Expression::CallExpression(call) => {
                self.visit_span(&mut call.span);
                let member = self.member_of_namespace(&call.callee);
                if member.is_some_and(|(_, resolution)| self.may_look_at_this(resolution)) {
                    walk_mut::walk_expression(self, &mut call.callee);
                } else {
                    self.visit_expression(&mut call.callee);
                }
                self.visit_arguments(&mut call.arguments);
            }
            // It is the property that is to go, and cannot.
            Expression::UnaryExpression(unary)
                if unary.operator == UnaryOperator::Delete
                    && self.member_of_namespace(&unary.argument).is_some() =>
            {
                self.visit_span(&mut unary.span);
                walk_mut::walk_expression(self, &mut unary.argument);
            }
            Expression::TaggedTemplateExpression(tagged) => {
                self.visit_span(&mut tagged.span);
                match &tagged.tag {
                    Expression::ImportExpression(_) => self.visit_expression(&mut tagged.tag),
                    _ => walk_mut::walk_expression(self, &mut tagged.tag),
                }
                self.visit_template_literal(&mut tagged.quasi);
            }
            other => match self.instead_of_member(other) {
                Some(replacement) => *other = replacement,
                None => walk_mut::walk_expression(self, other),
            },
        }
    }

    fn visit_binding_identifier(&mut self, it: &mut BindingIdentifier<'a>) {
        self.visit_span(&mut it.span);
        if let Some(symbol) = it.symbol_id.get()
            && self.is_top_level(symbol)
        {
            let key = Binding { module: self.module, symbol: Some(symbol) }.key();
            it.name = self.named(it.name.as_str(), &key);
        }
    }

    fn visit_identifier_reference(&mut self, it: &mut IdentifierReference<'a>) {
        self.visit_span(&mut it.span);
        let Some(symbol) = self.symbol_of(it) else {
            if it.name == "arguments" && self.depth == 0 && self.is_module {
                it.name = self.named("arguments", "");
            }
            return;
        };
        let write = it.reference_id.get().is_some_and(|id| self.scoping.get_reference(id).is_write());
        match self.resolutions.get(&(self.module, symbol)) {
            Some(_) if write => {
                self.wanted.assigned_import = true;
                it.name = self.named(it.name.as_str(), ASSIGNED_IMPORT);
            }
            Some(resolution) => {
                if let Some(name) = self.name_of(it.name.as_str(), *resolution) {
                    it.name = name;
                }
            }
            None if self.is_top_level(symbol) => {
                let key = Binding { module: self.module, symbol: Some(symbol) }.key();
                it.name = self.named(it.name.as_str(), &key);
            }
            None => {}
        }
    }

    fn visit_assignment_target_property(&mut self, it: &mut AssignmentTargetProperty<'a>) {
        let AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(property) = it else {
            return walk_mut::walk_assignment_target_property(self, it);
        };
        walk_mut::walk_assignment_target_property_identifier(self, property);
        if !property.binding.name.contains(MARK) {
            return;
        }
        // The name of the property is not that of the variable any more.
        let mut property = property.take_in(&self.builder);
        let span = property.binding.span;
        let key = self.ident(display_name(property.binding.name.as_str()));
        let key = PropertyKey::new_static_identifier(span, key, &self.builder);
        let name = property.binding.name;
        let target = AssignmentTarget::new_assignment_target_identifier(span, name, &self.builder);
        let binding = match property.init.take() {
            Some(init) => AssignmentTargetMaybeDefault::new_assignment_target_with_default(
                property.span,
                target,
                init,
                &self.builder,
            ),
            None => AssignmentTargetMaybeDefault::from(target),
        };
        *it = AssignmentTargetProperty::new_assignment_target_property_property(
            property.span,
            key,
            binding,
            false,
            &self.builder,
        );
    }
}

/// Names what the linker's own code refers to, and moves it: `$ns_3` is the variable with the key `ns.3`, `$namespace` an intrinsic
/// function if there is one of this name, else a function of that code.
pub struct Placeholders<'a> {
    pub builder: AstBuilder<'a>,
    pub base: u32,
}

impl<'a> Placeholders<'a> {
    fn replaced(&self, name: Ident<'a>) -> Ident<'a> {
        let Some(text) = name.as_str().strip_prefix('$') else { return name };
        let intrinsic = format!("%{text}");
        let text = match super::intrinsic(&intrinsic) {
            Some(_) => intrinsic,
            None => match text.split_once('_') {
                Some((name, _)) if name == "b" => format!("{name}{MARK}{}", text[2..].replace('_', ".")),
                Some((name, _)) => format!("{name}{MARK}{}", text.replace('_', ".")),
                None => format!("{text}{MARK}{text}"),
            },
        };
        Ident::from_str_in(&text, &self.builder)
    }
}

impl<'a> VisitMut<'a> for Placeholders<'a> {
    fn visit_span(&mut self, it: &mut Span) {
        *it = Span::new(it.start + self.base, it.end + self.base);
    }

    fn visit_binding_identifier(&mut self, it: &mut BindingIdentifier<'a>) {
        self.visit_span(&mut it.span);
        it.name = self.replaced(it.name);
    }

    fn visit_identifier_reference(&mut self, it: &mut IdentifierReference<'a>) {
        self.visit_span(&mut it.span);
        it.name = self.replaced(it.name);
    }
}
