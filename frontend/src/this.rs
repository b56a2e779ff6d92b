//! Which code mentions the object that it is called on.
use oxc_ast::ast::{Expression, Function, Super, ThisExpression};
use oxc_ast_visit::Visit;
use oxc_syntax::scope::ScopeFlags;

/// Finds `this` and `super`, arrow functions included, which share them with the code around.
struct Finder {
    found: bool,
}

impl<'a> Visit<'a> for Finder {
    fn visit_function(&mut self, _: &Function<'a>, _: ScopeFlags) {}

    fn visit_this_expression(&mut self, _: &ThisExpression) {
        self.found = true;
    }

    fn visit_super(&mut self, _: &Super) {
        self.found = true;
    }
}

/// Whether a function's own code has `this` or `super`.
pub fn in_function(function: &Function<'_>) -> bool {
    let mut finder = Finder { found: false };
    finder.visit_formal_parameters(&function.params);
    if let Some(body) = &function.body {
        finder.visit_function_body(body);
    }
    finder.found
}

/// Whether an expression has `this` or `super`.
pub fn in_expression<'a>(expression: &Expression<'a>) -> bool {
    let mut finder = Finder { found: false };
    finder.visit_expression(expression);
    finder.found
}
