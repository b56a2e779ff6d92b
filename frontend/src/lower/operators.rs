//! Operators, and conditions, which stay booleans as long as nobody wants their value.
use super::*;
use oxc_span::GetSpan;
use oxc_syntax::operator::{AssignmentOperator, BinaryOperator, LogicalOperator, UnaryOperator};

/// Op of a binary operator whose result is a value.
pub(super) fn arithmetic_op(operator: BinaryOperator) -> Option<Op> {
    Some(match operator {
        BinaryOperator::Addition => Op::Add,
        BinaryOperator::Subtraction => Op::Sub,
        BinaryOperator::Multiplication => Op::Mul,
        BinaryOperator::Division => Op::Div,
        BinaryOperator::Remainder => Op::Rem,
        BinaryOperator::Exponential => Op::Exp,
        BinaryOperator::ShiftLeft => Op::Shl,
        BinaryOperator::ShiftRight => Op::Sar,
        BinaryOperator::ShiftRightZeroFill => Op::Shr,
        BinaryOperator::BitwiseAnd => Op::BitAnd,
        BinaryOperator::BitwiseOR => Op::BitOr,
        BinaryOperator::BitwiseXOR => Op::BitXor,
        _ => return None,
    })
}

/// Op of a binary operator whose result is a boolean, and whether the result is negated.
fn comparison_op(operator: BinaryOperator) -> Option<(Op, bool)> {
    Some(match operator {
        BinaryOperator::Equality => (Op::LooseEq, false),
        BinaryOperator::Inequality => (Op::LooseEq, true),
        BinaryOperator::StrictEquality => (Op::StrictEq, false),
        BinaryOperator::StrictInequality => (Op::StrictEq, true),
        BinaryOperator::LessThan => (Op::Lt, false),
        BinaryOperator::LessEqualThan => (Op::Le, false),
        BinaryOperator::GreaterThan => (Op::Gt, false),
        BinaryOperator::GreaterEqualThan => (Op::Ge, false),
        BinaryOperator::In => (Op::In, false),
        BinaryOperator::Instanceof => (Op::InstanceOf, false),
        _ => return None,
    })
}

/// Op of a compound assignment that is no logical one.
pub(super) fn compound_op(operator: AssignmentOperator) -> Option<Op> {
    operator.to_binary_operator().and_then(arithmetic_op)
}

impl<'a> FunctionLowering<'_, 'a> {
    /// Lowers an expression whose value is always a boolean; `None` (and nothing done) if it is not one.
    pub(super) fn bool_expr(&mut self, expression: &'a Expression<'a>) -> Option<Value> {
        match expression {
            Expression::UnaryExpression(unary) => match unary.operator {
                UnaryOperator::LogicalNot => {
                    let value = self.condition(&unary.argument);
                    Some(self.op0(Op::Not, &[value]))
                }
                UnaryOperator::Delete => Some(self.delete(unary)),
                _ => None,
            },
            Expression::BinaryExpression(binary) => {
                let (op, negated) = comparison_op(binary.operator)?;
                let left = self.expr(&binary.left);
                let right = self.expr(&binary.right);
                self.at(binary.span.start);
                if op == Op::InstanceOf || op == Op::In {
                    self.at(binary.left.span().start);
                }
                let value = self.op0(op, &[left, right]);
                Some(if negated { self.op0(Op::Not, &[value]) } else { value })
            }
            _ => None,
        }
    }

    /// The truth of an expression.
    pub(super) fn condition(&mut self, expression: &'a Expression<'a>) -> Value {
        if let Some(value) = self.bool_expr(expression) {
            return value;
        }
        if let Expression::BooleanLiteral(literal) = expression {
            return self.op(Op::BConst, &[], Imm::Bool(literal.value));
        }
        let value = self.expr(expression);
        self.op0(Op::ToBool, &[value])
    }

    /// Goes to one block or the other, depending on the truth of an expression.
    pub(super) fn branch_on(&mut self, expression: &'a Expression<'a>, then: Block, otherwise: Block) {
        match expression {
            Expression::BooleanLiteral(literal) => self.jump(if literal.value { then } else { otherwise }),
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::LogicalNot => {
                self.branch_on(&unary.argument, otherwise, then);
            }
            Expression::LogicalExpression(logical) if logical.operator != LogicalOperator::Coalesce => {
                let right = self.b.block();
                match logical.operator {
                    LogicalOperator::And => self.branch_on(&logical.left, right, otherwise),
                    _ => self.branch_on(&logical.left, then, right),
                }
                self.continue_in(right);
                self.branch_on(&logical.right, then, otherwise);
            }
            _ => {
                let value = self.condition(expression);
                self.branch(value, then, otherwise);
            }
        }
    }

    /// `&&`, `||`, `??` as a value.
    pub(super) fn logical(&mut self, logical: &'a LogicalExpression<'a>) -> Value {
        let result = self.b.variable();
        let (right, end) = (self.b.block(), self.b.block());
        let left = self.expr(&logical.left);
        self.b.define(result, left);
        self.skip_unless(logical.operator, left, right, end);
        self.continue_in(right);
        let value = self.expr(&logical.right);
        self.b.define(result, value);
        self.jump(end);
        self.continue_in(end);
        self.b.read(result)
    }

    /// Goes to `right` if the operator evaluates its right side, else to `end`.
    pub(super) fn skip_unless(&mut self, operator: LogicalOperator, left: Value, right: Block, end: Block) {
        match operator {
            LogicalOperator::And => {
                let truth = self.op0(Op::ToBool, &[left]);
                self.branch(truth, right, end);
            }
            LogicalOperator::Or => {
                let truth = self.op0(Op::ToBool, &[left]);
                self.branch(truth, end, right);
            }
            LogicalOperator::Coalesce => {
                let nullish = self.op0(Op::IsNullish, &[left]);
                self.branch(nullish, right, end);
            }
        }
    }

    /// `test ? a : b` as a value.
    pub(super) fn conditional(&mut self, conditional: &'a ConditionalExpression<'a>) -> Value {
        let result = self.b.variable();
        let (then, otherwise, end) = (self.b.block(), self.b.block(), self.b.block());
        self.branch_on(&conditional.test, then, otherwise);
        self.continue_in(then);
        let value = self.expr(&conditional.consequent);
        self.b.define(result, value);
        self.jump(end);
        self.continue_in(otherwise);
        let value = self.expr(&conditional.alternate);
        self.b.define(result, value);
        self.jump(end);
        self.continue_in(end);
        self.b.read(result)
    }

    /// Unary operators whose result is no boolean.
    pub(super) fn unary(&mut self, unary: &'a UnaryExpression<'a>) -> Value {
        match unary.operator {
            UnaryOperator::Typeof => {
                let value = match &unary.argument {
                    Expression::Identifier(ident) => match self.resolve(ident) {
                        binding::Name::Global(name) => self.read_global_for_typeof(&name, ident.span.start),
                        binding::Name::Symbol(_) | binding::Name::Class(..) => self.read_name(ident),
                    },
                    argument => self.expr(argument),
                };
                self.op0(Op::TypeOf, &[value])
            }
            UnaryOperator::Void => {
                self.effect_of(&unary.argument);
                self.undefined()
            }
            UnaryOperator::UnaryPlus | UnaryOperator::UnaryNegation | UnaryOperator::BitwiseNot => {
                let value = self.expr(&unary.argument);
                self.at(unary.span.start);
                let op = match unary.operator {
                    UnaryOperator::UnaryPlus => Op::ToNumeric,
                    UnaryOperator::UnaryNegation => Op::Neg,
                    _ => Op::BitNot,
                };
                self.op0(op, &[value])
            }
            UnaryOperator::LogicalNot | UnaryOperator::Delete => self.refuse(unary.span, "this operator"),
        }
    }

    /// `delete`: a boolean.
    fn delete(&mut self, unary: &'a UnaryExpression<'a>) -> Value {
        match &unary.argument {
            Expression::StaticMemberExpression(member) if matches!(member.object, Expression::Super(_)) => {
                self.delete_super(unary.span.start)
            }
            Expression::ComputedMemberExpression(member) if matches!(member.object, Expression::Super(_)) => {
                self.this_value(unary.span.start);
                self.expr(&member.expression);
                self.delete_super(unary.span.start)
            }
            Expression::StaticMemberExpression(member) => {
                let object = self.expr(&member.object);
                let name = self.intern(&member.property.name);
                self.at(unary.span.start);
                self.op(Op::DeleteProp, &[object], Imm::Str(name))
            }
            Expression::ComputedMemberExpression(member) => {
                let object = self.expr(&member.object);
                let key = self.expr(&member.expression);
                self.at(unary.span.start);
                self.op0(Op::DeleteElem, &[object, key])
            }
            Expression::ChainExpression(chain) => self.delete_chain(chain, unary.span.start),
            argument => {
                self.effect_of(argument);
                self.op(Op::BConst, &[], Imm::Bool(true))
            }
        }
    }

    fn delete_super(&mut self, offset: u32) -> Value {
        self.this_value(offset);
        self.at(offset);
        self.throw_error(ErrorKind::ReferenceError, "Unsupported reference to 'super'");
        self.op(Op::BConst, &[], Imm::Bool(true))
    }

    /// `delete a?.b`: true without a look if the chain ends early.
    fn delete_chain(&mut self, chain: &'a ChainExpression<'a>, offset: u32) -> Value {
        let result = self.b.variable();
        let (short, end) = (self.b.block(), self.b.block());
        self.chains.push(short);
        let deleted = match &chain.expression {
            ChainElement::StaticMemberExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                let name = self.intern(&member.property.name);
                self.at(offset);
                self.op(Op::DeleteProp, &[object], Imm::Str(name))
            }
            ChainElement::ComputedMemberExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                let key = self.expr(&member.expression);
                self.at(offset);
                self.op0(Op::DeleteElem, &[object, key])
            }
            ChainElement::CallExpression(call) => {
                self.call(call);
                self.op(Op::BConst, &[], Imm::Bool(true))
            }
            _ => {
                let value = self.refuse(chain.span, "this operand of `delete`");
                self.op0(Op::ToBool, &[value])
            }
        };
        self.chains.pop();
        let value = self.op0(Op::BoxBool, &[deleted]);
        self.b.define(result, value);
        self.jump(end);
        self.continue_in(short);
        let value = self.constant(Const::Bool(true));
        self.b.define(result, value);
        self.jump(end);
        self.continue_in(end);
        let value = self.b.read(result);
        self.op0(Op::UnboxBool, &[value])
    }

    /// `value === undefined ? default : value`.
    pub(super) fn with_default(
        &mut self,
        value: Value,
        default: &'a Expression<'a>,
        name: Option<&[u8]>,
    ) -> Value {
        let result = self.b.variable();
        let (missing, end) = (self.b.block(), self.b.block());
        self.b.define(result, value);
        let undefined = self.op0(Op::IsUndefined, &[value]);
        self.branch(undefined, missing, end);
        self.continue_in(missing);
        let value = self.named(default, name);
        self.b.define(result, value);
        self.jump(end);
        self.continue_in(end);
        self.b.read(result)
    }
}
