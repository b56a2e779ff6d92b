//! Object and array literals.
use super::*;
use crate::literal::StaticKey;
use oxc_span::GetSpan;

/// Operands of one `new_array` or `new_object`; longer literals are filled step by step, which bounds the number
/// of registers that are live at once.
const MAX_OPERANDS: usize = 64;

impl<'a> FunctionLowering<'_, 'a> {
    /// `[…]`
    pub(super) fn array(&mut self, array: &'a ArrayExpression<'a>) -> Value {
        let elements = &array.elements;
        let plain = elements.iter().take(MAX_OPERANDS).take_while(|e| !e.is_spread()).count();
        let mut operands = Vec::with_capacity(plain);
        for element in &elements[..plain] {
            operands.push(self.element(element));
        }
        self.at(array.span.start);
        let result = self.op0(Op::NewArray, &operands);
        for element in &elements[plain..] {
            if let ArrayExpressionElement::SpreadElement(spread) = element {
                self.append_spread(result, &spread.argument);
            } else {
                let value = self.element(element);
                self.at(element.span().start);
                self.effect(Op::ArrayPush, &[result, value], Imm::None);
            }
        }
        result
    }

    fn element(&mut self, element: &'a ArrayExpressionElement<'a>) -> Value {
        match element.as_expression() {
            Some(expression) => self.expr(expression),
            None => self.constant(Const::Empty),
        }
    }

    /// An array of values.
    pub(super) fn array_of(&mut self, values: &[Value]) -> Value {
        let (first, rest) = values.split_at(values.len().min(MAX_OPERANDS));
        let array = self.op0(Op::NewArray, first);
        for value in rest {
            self.effect(Op::ArrayPush, &[array, *value], Imm::None);
        }
        array
    }

    /// `{…}`
    pub(super) fn object(&mut self, object: &'a ObjectExpression<'a>) -> Value {
        let mut keys: Vec<StrId> = Vec::new();
        let mut values = Vec::new();
        let mut rest = object.properties.iter().peekable();
        // Methods that use `super` need the object first.
        let home = self.cx.scopes.homes.get(&object.span.start).copied();
        // The table of shapes does not grow while the program runs.
        let shaped = home.is_none() && !self.cx.scopes.evaluated;
        while let Some(property) = rest.peek()
            && shaped
            && keys.len() < MAX_OPERANDS
            && let ObjectPropertyKind::ObjectProperty(property) = property
            && property.kind == PropertyKind::Init
            && !is_proto(property)
            && let Some(StaticKey::Name(name)) = static_key(property)
        {
            rest.next();
            let key = self.cx.module.intern(&name);
            let value = self.named(&property.value, Some(&name));
            // A repeated key keeps its place and takes the last value.
            match keys.iter().position(|k| *k == key) {
                Some(i) => values[i] = value,
                None => {
                    keys.push(key);
                    values.push(value);
                }
            }
        }
        self.at(object.span.start);
        let result = self.op(Op::NewObject, &values, Imm::Keys(keys));
        if let Some(home) = home {
            self.set_synthetic(home, result);
        }
        for property in rest {
            match property {
                ObjectPropertyKind::ObjectProperty(property) => self.define_property(result, property),
                ObjectPropertyKind::SpreadProperty(spread) => {
                    let source = self.expr(&spread.argument);
                    self.at(spread.span.start);
                    self.intrinsic(NativeId::CopyProperties, &[result, source]);
                }
            }
        }
        result
    }

    fn define_property(&mut self, object: Value, property: &'a ObjectProperty<'a>) {
        if is_proto(property) {
            let value = self.expr(&property.value);
            self.at(property.span.start);
            self.effect(Op::SetProto, &[object, value], Imm::None);
            return;
        }
        let static_key = static_key(property);
        let text = match &static_key {
            Some(StaticKey::Name(name)) => Some(name.clone()),
            Some(StaticKey::Index(index)) => Some(index.to_string().into_bytes()),
            None => None,
        };
        let key = match static_key {
            Some(StaticKey::Name(name)) => self.literal(&Literal::Str(name)),
            Some(StaticKey::Index(index)) => self.number(f64::from(index)),
            None => {
                let key = property.key.as_expression().map(|e| self.expr(e));
                let key = match key {
                    Some(key) => key,
                    None => self.refuse(property.key.span(), "this property key"),
                };
                // The key is converted before the value is evaluated.
                self.at(property.key.span().start);
                self.op0(Op::ToKey, &[key])
            }
        };
        let (op, prefix): (_, &[u8]) = match property.kind {
            PropertyKind::Init => (Op::DefineField, b""),
            PropertyKind::Get => (Op::DefineGetter, b"get "),
            PropertyKind::Set => (Op::DefineSetter, b"set "),
        };
        let name = text.map(|text| [prefix, text.as_slice()].concat());
        let mut value = self.named(&property.value, name.as_deref());
        self.at(property.span.start);
        if name.is_none() && is_anonymous_function(&property.value) {
            let kind = self.number(match property.kind {
                PropertyKind::Init => 0.0,
                PropertyKind::Get => 1.0,
                PropertyKind::Set => 2.0,
            });
            value = self.intrinsic(NativeId::SetFunctionName, &[value, key, kind]);
        }
        self.effect(op, &[object, key, value], Imm::None);
    }
}

/// Whether an expression is a function or class that takes its name from where it stands.
pub(super) fn is_anonymous_function(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::FunctionExpression(function) => function.id.is_none(),
        Expression::ClassExpression(class) => class.id.is_none(),
        Expression::ArrowFunctionExpression(_) => true,
        _ => false,
    }
}

/// The key of a property, if its text is known.
fn static_key(property: &ObjectProperty<'_>) -> Option<StaticKey> {
    property_key(&property.key)
}

/// The key before a `:`, if its text is known.
pub(super) fn property_key(key: &PropertyKey<'_>) -> Option<StaticKey> {
    match key {
        PropertyKey::StaticIdentifier(name) => Some(StaticKey::Name(name.name.as_bytes().to_vec())),
        key => StaticKey::of_literal(key.as_expression()?),
    }
}

/// `__proto__: v` sets the prototype; shorthand, methods and computed keys do not.
fn is_proto(property: &ObjectProperty<'_>) -> bool {
    property.kind == PropertyKind::Init
        && !property.method
        && !property.shorthand
        && !property.computed
        && property_key(&property.key) == Some(StaticKey::Name(b"__proto__".to_vec()))
}
