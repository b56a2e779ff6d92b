//! Calls and `new`.
use super::binding::Name;
use super::expr::Key;
use super::*;
use jerboa_ir::{ParamKind, Signature};
use oxc_span::GetSpan;

impl<'a> FunctionLowering<'_, 'a> {
    /// A call.
    pub(super) fn call(&mut self, call: &'a CallExpression<'a>) -> Value {
        if self.cx.scopes.is_global_object_idiom(self.cx.scoping, call) {
            self.at(call.span.start);
            return self.op0(Op::GlobalObject, &[]);
        }
        let spread = call.arguments.iter().any(Argument::is_spread);
        match &call.callee {
            Expression::Identifier(ident) => {
                if !spread
                    && !call.optional
                    && let Name::Symbol(symbol) = self.resolve(ident)
                    && let Some(value) = self.direct_call(symbol, ident.span.start, call)
                {
                    return value;
                }
                let callee = self.read_name(ident);
                self.call_value(callee, None, call, call.span.start)
            }
            Expression::Super(_) => self.super_call(call),
            Expression::StaticMemberExpression(member) if let Expression::Super(home) = &member.object => {
                let name = self.intern(&member.property.name);
                let offset = member.property.span.start;
                let (callee, this) = self.super_member(home, Key::Name(name), offset);
                self.call_value(callee, Some(this), call, offset)
            }
            Expression::ComputedMemberExpression(member) if let Expression::Super(home) = &member.object => {
                self.this_value(home.span.start);
                let key = self.key(&member.expression);
                let offset = member.expression.span().start;
                let (callee, this) = self.super_member(home, key, offset);
                self.call_value(callee, Some(this), call, offset)
            }
            Expression::PrivateFieldExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                let callee = self.private_get(object, &member.field);
                self.call_value(callee, Some(object), call, member.field.span.start)
            }
            Expression::StaticMemberExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                let name = self.intern(&member.property.name);
                let offset = member.property.span.start;
                if !spread
                    && !call.optional
                    && call.arguments.iter().all(is_quiet)
                    && !self.is_builtin(object)
                {
                    let mut operands = vec![object];
                    self.arguments_into(&call.arguments, &mut operands);
                    self.call_at(offset, &call.callee);
                    return self.op(Op::CallMethod, &operands, Imm::Str(name));
                }
                let callee = self.get(object, Key::Name(name), offset);
                self.call_value(callee, Some(object), call, offset)
            }
            Expression::ComputedMemberExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                let key = self.key(&member.expression);
                let offset = member.expression.span().start;
                if !spread
                    && !call.optional
                    && call.arguments.iter().all(is_quiet)
                    && let Key::Value(key) = key
                {
                    let mut operands = vec![object, key];
                    self.arguments_into(&call.arguments, &mut operands);
                    self.call_at(offset, &call.callee);
                    return self.op0(Op::CallElem, &operands);
                }
                let callee = self.get(object, key, offset);
                self.call_value(callee, Some(object), call, offset)
            }
            Expression::ChainExpression(chain) => {
                let (callee, this) = self.chain_with_this(chain);
                self.call_value(callee, Some(this), call, call.span.start)
            }
            callee => {
                let callee = self.expr(callee);
                self.call_value(callee, None, call, call.span.start)
            }
        }
    }

    /// A call of a function that is known; `None` (and nothing done) if it is not.
    fn direct_call(&mut self, symbol: SymbolId, offset: u32, call: &'a CallExpression<'a>) -> Option<Value> {
        let info = self.cx.scopes.symbol(symbol);
        let known = info.known.filter(|f| self.cx.scopes.directly_callable(*f))?;
        if self.cx.module.function(known).signature.params.len() > Signature::MAX_DIRECT {
            return None;
        }
        let needs_callee = self.cx.scopes.function(known).needs_callee;
        let nameable = self.cx.scopes.function_at(symbol, self.id, offset, true) == Some(known);
        let mut callee = None;
        if nameable {
            if needs_callee {
                self.at(offset);
                callee = Some(self.op(Op::Closure, &[], Imm::Func(known)));
            }
        } else {
            // A `var` may still be undefined, which is no function.
            let maybe_undefined = info.kind == crate::scope::BindingKind::Var
                && !self.cx.scopes.initialised_at(symbol, self.id, offset);
            if maybe_undefined && !self.is_running_closure(symbol) {
                return None;
            }
            if needs_callee {
                callee = Some(self.read_symbol(symbol, offset));
            } else {
                self.check_symbol(symbol, offset);
            }
        }
        let mut arguments = Vec::new();
        self.arguments_into(&call.arguments, &mut arguments);
        self.at(call.span.start);
        let params = self.cx.module.function(known).signature.params.clone();
        let mut operands = Vec::with_capacity(params.len());
        for param in params {
            operands.push(match param.kind {
                ParamKind::Callee => callee.expect("the callee was read"),
                ParamKind::Arg(i) if (i as usize) < arguments.len() => arguments[i as usize],
                ParamKind::Rest(from) => {
                    let rest = arguments.get(from as usize..).unwrap_or_default().to_vec();
                    self.array_of(&rest)
                }
                _ => self.undefined(),
            });
        }
        Some(self.op(Op::CallDirect, &operands, Imm::Func(known)))
    }

    /// A call of a function value that has been read.
    fn call_value(
        &mut self,
        callee: Value,
        this: Option<Value>,
        call: &'a CallExpression<'a>,
        offset: u32,
    ) -> Value {
        if call.optional {
            self.end_chain_if_nullish(callee);
        }
        let this = match this {
            Some(this) => this,
            None => self.undefined(),
        };
        if call.arguments.iter().any(Argument::is_spread) {
            let array = self.arguments_array(&call.arguments);
            self.call_at(offset, &call.callee);
            return self.op0(Op::CallArray, &[callee, this, array]);
        }
        let mut operands = vec![callee, this];
        self.arguments_into(&call.arguments, &mut operands);
        self.call_at(offset, &call.callee);
        self.op0(Op::Call, &operands)
    }

    /// A template with a tag: a call with the strings of the template, which are the same object each time.
    pub(super) fn tagged_template(&mut self, tagged: &'a TaggedTemplateExpression<'a>) -> Value {
        let (callee, this) = match &tagged.tag {
            Expression::StaticMemberExpression(member) if let Expression::Super(home) = &member.object => {
                let name = self.intern(&member.property.name);
                self.super_member(home, Key::Name(name), member.property.span.start)
            }
            Expression::StaticMemberExpression(member) => {
                let object = self.expr(&member.object);
                let name = self.intern(&member.property.name);
                (self.get(object, Key::Name(name), member.property.span.start), object)
            }
            Expression::ComputedMemberExpression(member) => {
                let object = self.expr(&member.object);
                let key = self.key(&member.expression);
                (self.get(object, key, member.expression.span().start), object)
            }
            Expression::PrivateFieldExpression(member) => {
                let object = self.expr(&member.object);
                (self.private_get(object, &member.field), object)
            }
            tag => (self.expr(tag), self.undefined()),
        };
        let strings = self.template_object(&tagged.quasi);
        let mut operands = vec![callee, this, strings];
        for expression in &tagged.quasi.expressions {
            operands.push(self.expr(expression));
        }
        self.call_at(tagged.tag.span().start, &tagged.tag);
        self.op0(Op::Call, &operands)
    }

    /// The strings of a template, made when it is first evaluated and kept in a module variable.
    fn template_object(&mut self, template: &'a TemplateLiteral<'a>) -> Value {
        let global = GlobalId(self.cx.module.globals.len() as u32);
        self.cx
            .module
            .globals
            .push(jerboa_ir::Global { name: "template".to_string(), ty: jerboa_ir::Type::Val });
        self.at(template.span.start);
        let result = self.b.variable();
        let (missing, end) = (self.b.block(), self.b.block());
        let known = self.op(Op::LoadGlobal, &[], Imm::Global(global));
        self.b.define(result, known);
        let empty = self.op0(Op::IsEmpty, &[known]);
        self.branch(empty, missing, end);
        self.continue_in(missing);
        let (mut cooked, mut raw) = (Vec::new(), Vec::new());
        for quasi in &template.quasis {
            cooked.push(match quasi.value.cooked {
                Some(_) => self.literal(&Literal::Str(crate::literal::template_bytes(quasi))),
                None => self.undefined(),
            });
            let text = quasi.value.raw.replace("\r\n", "\n").replace('\r', "\n");
            raw.push(self.literal(&Literal::Str(text.into_bytes())));
        }
        let cooked = self.array_of(&cooked);
        let raw = self.array_of(&raw);
        let strings = self.intrinsic(NativeId::TemplateObject, &[cooked, raw]);
        self.effect(Op::StoreGlobal, &[strings], Imm::Global(global));
        self.b.define(result, strings);
        self.jump(end);
        self.continue_in(end);
        self.b.read(result)
    }

    /// `new a(…)`.
    pub(super) fn new_object(&mut self, new: &'a NewExpression<'a>) -> Value {
        let callee = self.expr(&new.callee);
        if new.arguments.iter().any(Argument::is_spread) {
            let array = self.arguments_array(&new.arguments);
            self.call_at(new.span.start, &new.callee);
            return self.op0(Op::NewArrayArgs, &[callee, array]);
        }
        let mut operands = vec![callee];
        self.arguments_into(&new.arguments, &mut operands);
        self.call_at(new.span.start, &new.callee);
        self.op0(Op::New, &operands)
    }

    /// Sets the position of a call, with the callee's text for "… is not a function".
    fn call_at(&mut self, offset: u32, callee: &Expression<'_>) {
        self.at(offset);
        let mut text = String::new();
        render(callee, &mut text, 0);
        self.note_text(text);
    }

    /// Evaluates arguments without spread.
    pub(super) fn arguments_into(&mut self, arguments: &'a [Argument<'a>], operands: &mut Vec<Value>) {
        for argument in arguments {
            if let Some(expression) = argument.as_expression() {
                operands.push(self.expr(expression));
            }
        }
    }

    /// Evaluates arguments into an array.
    pub(super) fn arguments_array(&mut self, arguments: &'a [Argument<'a>]) -> Value {
        let plain = arguments.iter().take_while(|a| !a.is_spread()).count();
        let mut first = Vec::new();
        self.arguments_into(&arguments[..plain], &mut first);
        let array = self.array_of(&first);
        for argument in &arguments[plain..] {
            match argument {
                Argument::SpreadElement(spread) => self.append_spread(array, &spread.argument),
                other => {
                    if let Some(expression) = other.as_expression() {
                        let value = self.expr(expression);
                        self.effect(Op::ArrayPush, &[array, value], Imm::None);
                    }
                }
            }
        }
        array
    }

    /// Appends what `...expression` gives.
    pub(super) fn append_spread(&mut self, array: Value, expression: &'a Expression<'a>) {
        let values = self.expr(expression);
        self.iterable_at(expression);
        self.effect(Op::ArrayAppend, &[array, values], Imm::None);
    }

    /// Sets the position of an iteration, with the text for "… is not iterable".
    pub(super) fn iterable_at(&mut self, expression: &Expression<'_>) {
        self.at(expression.span().start);
        let mut text = String::new();
        render(expression, &mut text, 0);
        self.note_text(text);
    }

    /// Lowers a chain that is called: `(a?.b)()` keeps `a` as `this`.
    fn chain_with_this(&mut self, chain: &'a ChainExpression<'a>) -> (Value, Value) {
        let (callee, this) = (self.b.variable(), self.b.variable());
        let (short, end) = (self.b.block(), self.b.block());
        self.chains.push(short);
        let (value, object) = match &chain.expression {
            ChainElement::StaticMemberExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                let name = self.intern(&member.property.name);
                (self.get(object, Key::Name(name), member.property.span.start), object)
            }
            ChainElement::ComputedMemberExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                let key = self.key(&member.expression);
                (self.get(object, key, member.expression.span().start), object)
            }
            ChainElement::CallExpression(call) => {
                let value = self.call(call);
                (value, self.undefined())
            }
            ChainElement::PrivateFieldExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                (self.private_get(object, &member.field), object)
            }
            _ => {
                let value = self.refuse(chain.span, "this element of a chain");
                (value, value)
            }
        };
        self.chains.pop();
        self.b.define(callee, value);
        self.b.define(this, object);
        self.jump(end);
        self.continue_in(short);
        let undefined = self.undefined();
        self.b.define(callee, undefined);
        self.b.define(this, undefined);
        self.jump(end);
        self.continue_in(end);
        (self.b.read(callee), self.b.read(this))
    }
}

/// Whether evaluating an argument neither calls nor assigns, so that the method may be looked up after it.
fn is_quiet(argument: &Argument<'_>) -> bool {
    argument.as_expression().is_some_and(|e| is_quiet_expression(e))
}

fn is_quiet_expression(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::Identifier(_)
        | Expression::ThisExpression(_)
        | Expression::FunctionExpression(_)
        | Expression::ArrowFunctionExpression(_) => true,
        Expression::StaticMemberExpression(member) => is_quiet_expression(&member.object),
        Expression::ComputedMemberExpression(member) => {
            is_quiet_expression(&member.object) && is_quiet_expression(&member.expression)
        }
        Expression::BinaryExpression(binary) => {
            is_quiet_expression(&binary.left) && is_quiet_expression(&binary.right)
        }
        Expression::LogicalExpression(logical) => {
            is_quiet_expression(&logical.left) && is_quiet_expression(&logical.right)
        }
        Expression::ConditionalExpression(conditional) => {
            is_quiet_expression(&conditional.test)
                && is_quiet_expression(&conditional.consequent)
                && is_quiet_expression(&conditional.alternate)
        }
        Expression::UnaryExpression(unary) => {
            unary.operator != oxc_syntax::operator::UnaryOperator::Delete
                && is_quiet_expression(&unary.argument)
        }
        Expression::TemplateLiteral(template) => template.expressions.iter().all(is_quiet_expression),
        Expression::ArrayExpression(array) => array
            .elements
            .iter()
            .all(|e| e.is_elision() || e.as_expression().is_some_and(is_quiet_expression)),
        Expression::ObjectExpression(object) => object.properties.iter().all(|p| match p {
            ObjectPropertyKind::ObjectProperty(p) => !p.computed && is_quiet_expression(&p.value),
            ObjectPropertyKind::SpreadProperty(_) => false,
        }),
        other => Literal::of(other).is_some(),
    }
}

/// Deepest expression that a message spells out.
const RENDER_DEPTH: u32 = 12;

/// Writes an expression as V8 does in "… is not a function".
pub(super) fn render(expression: &Expression<'_>, out: &mut String, depth: u32) {
    if depth > RENDER_DEPTH {
        out.push_str("...");
        return;
    }
    let depth = depth + 1;
    match expression {
        Expression::Identifier(ident) => out.push_str(display_name(ident.name.as_str())),
        Expression::ThisExpression(_) => out.push_str("this"),
        Expression::StaticMemberExpression(member) => {
            render(&member.object, out, depth);
            out.push_str(if member.optional { "?." } else { "." });
            out.push_str(&member.property.name);
        }
        Expression::ComputedMemberExpression(member) => {
            render(&member.object, out, depth);
            if member.optional {
                out.push_str("?.");
            }
            match &member.expression {
                // A name in quotes reads as if it stood behind a dot.
                Expression::StringLiteral(name) => {
                    out.push('.');
                    out.push_str(&name.value);
                }
                key => {
                    out.push('[');
                    render(key, out, depth);
                    out.push(']');
                }
            }
        }
        Expression::CallExpression(call) => {
            render(&call.callee, out, depth);
            out.push_str("(...)");
        }
        Expression::ChainExpression(chain) => match &chain.expression {
            ChainElement::CallExpression(call) => {
                render(&call.callee, out, depth);
                out.push_str("(...)");
            }
            ChainElement::StaticMemberExpression(member) => {
                render(&member.object, out, depth);
                out.push_str(if member.optional { "?." } else { "." });
                out.push_str(&member.property.name);
            }
            _ => out.push_str("(intermediate value)"),
        },
        Expression::StringLiteral(text) => {
            out.push('"');
            out.push_str(&text.value);
            out.push('"');
        }
        Expression::NumericLiteral(number) => match &number.raw {
            Some(raw) => out.push_str(raw),
            None => out.push_str(&number.value.to_string()),
        },
        Expression::BooleanLiteral(literal) => out.push_str(if literal.value { "true" } else { "false" }),
        Expression::NullLiteral(_) => out.push_str("null"),
        _ => out.push_str("(intermediate value)"),
    }
}
