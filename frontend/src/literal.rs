//! Literals and property keys as values.
use oxc_ast::ast::*;
use oxc_syntax::operator::UnaryOperator;

/// The value of a literal expression.
#[derive(Clone, PartialEq, Debug)]
pub enum Literal {
    /// `null`
    Null,
    /// A boolean.
    Bool(bool),
    /// A number, perhaps with a sign.
    Number(f64),
    /// A string in WTF-8.
    Str(Vec<u8>),
}

impl Literal {
    /// The value of an expression that is a literal.
    pub fn of(expression: &Expression<'_>) -> Option<Literal> {
        Some(match expression {
            Expression::NullLiteral(_) => Literal::Null,
            Expression::BooleanLiteral(b) => Literal::Bool(b.value),
            Expression::NumericLiteral(n) => Literal::Number(n.value),
            Expression::StringLiteral(s) => Literal::Str(string_bytes(s)),
            Expression::TemplateLiteral(t) if t.expressions.is_empty() => {
                Literal::Str(template_bytes(t.quasis.first()?))
            }
            Expression::UnaryExpression(u) => match (u.operator, &u.argument) {
                (UnaryOperator::UnaryNegation, Expression::NumericLiteral(n)) => Literal::Number(-n.value),
                (UnaryOperator::UnaryPlus, Expression::NumericLiteral(n)) => Literal::Number(n.value),
                _ => return None,
            },
            _ => return None,
        })
    }
}

/// Value of a string literal in WTF-8.
pub fn string_bytes(literal: &StringLiteral<'_>) -> Vec<u8> {
    decode(literal.value.as_str(), literal.lone_surrogates)
}

/// Value of a part of a template in WTF-8.
pub fn template_bytes(element: &TemplateElement<'_>) -> Vec<u8> {
    decode(element.value.cooked.as_ref().map_or("", |text| text.as_str()), element.lone_surrogates)
}

/// The parser writes a lone surrogate as U+FFFD and four hexadecimal digits, and U+FFFD itself likewise.
fn decode(text: &str, escaped: bool) -> Vec<u8> {
    if !escaped {
        return text.as_bytes().to_vec();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\u{fffd}') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let digits = rest.get(at + 3..at + 7).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match digits {
            Some(unit) => {
                push_wtf8(&mut bytes, unit);
                rest = &rest[at + 7..];
            }
            None => {
                bytes.extend_from_slice("\u{fffd}".as_bytes());
                rest = &rest[at + 3..];
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// Appends a code unit; a low surrogate after a high one makes a pair of them, which WTF-8 writes as one character.
fn push_wtf8(bytes: &mut Vec<u8>, unit: u32) {
    if (0xdc00..0xe000).contains(&unit)
        && let [.., 0xed, second @ 0xa0..=0xaf, third] = bytes[..]
    {
        let high = u32::from(second & 0x0f) << 6 | u32::from(third & 0x3f);
        bytes.truncate(bytes.len() - 3);
        return push_wtf8(bytes, 0x10000 + (high << 10 | unit & 0x3ff));
    }
    match char::from_u32(unit) {
        Some(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        // A surrogate: three bytes, as UTF-8 would have them.
        None => bytes.extend([
            0xe0 | (unit >> 12) as u8,
            0x80 | (unit >> 6 & 0x3f) as u8,
            0x80 | (unit & 0x3f) as u8,
        ]),
    }
}

/// A property key that is known when compiling.
#[derive(Clone, PartialEq, Debug)]
pub enum StaticKey {
    /// A name that is no array index, in WTF-8.
    Name(Vec<u8>),
    /// An array index.
    Index(u32),
}

impl StaticKey {
    /// The key that a string is.
    pub fn of_bytes(bytes: Vec<u8>) -> StaticKey {
        match array_index(&bytes) {
            Some(index) => StaticKey::Index(index),
            None => StaticKey::Name(bytes),
        }
    }

    /// The key that a literal in `a[…]` or before a `:` is, if its text is known here.
    pub fn of_literal(expression: &Expression<'_>) -> Option<StaticKey> {
        match expression {
            Expression::StringLiteral(s) => Some(StaticKey::of_bytes(string_bytes(s))),
            Expression::TemplateLiteral(t) if t.expressions.is_empty() => {
                Some(StaticKey::of_bytes(template_bytes(t.quasis.first()?)))
            }
            // Other numbers are written out by the runtime, which knows how.
            Expression::NumericLiteral(n)
                if n.value >= 0.0 && n.value < 4294967295.0 && n.value.fract() == 0.0 =>
            {
                Some(StaticKey::Index(n.value as u32))
            }
            _ => None,
        }
    }
}

/// The array index that a canonical decimal text stands for.
fn array_index(bytes: &[u8]) -> Option<u32> {
    let canonical = match bytes {
        [b'0'] => true,
        [b'1'..=b'9', rest @ ..] => rest.len() < 10 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    let index = canonical.then(|| std::str::from_utf8(bytes).ok()?.parse::<u32>().ok())??;
    (index != u32::MAX).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn array_indices_are_canonical() {
        let index = |text: &str| array_index(text.as_bytes());
        assert_eq!(index("0"), Some(0));
        assert_eq!(index("4294967294"), Some(4294967294));
        assert_eq!(index("4294967295"), None);
        assert_eq!(index("01"), None);
        assert_eq!(index("-1"), None);
        assert_eq!(index("99999999999"), None);
        assert_eq!(index(""), None);
    }

    #[test]
    fn halves_that_meet_are_one_character() {
        let mut bytes = b"x".to_vec();
        push_wtf8(&mut bytes, 0xdbff);
        push_wtf8(&mut bytes, 0xdfff);
        assert_eq!(bytes, "x\u{10ffff}".as_bytes());
    }

    #[test]
    fn lone_surrogates_are_three_bytes() {
        assert_eq!(decode("a\u{fffd}d83dz", true), b"a\xed\xa0\xbdz");
        assert_eq!(decode("\u{fffd}fffd", true), "\u{fffd}".as_bytes());
        assert_eq!(decode("\u{fffd}", false), "\u{fffd}".as_bytes());
    }
}
