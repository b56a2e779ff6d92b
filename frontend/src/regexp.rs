//! Regular expression literals: compiled here, so that a device need not.
use jerboa_abi::regexp::{self, CompileError, SyntaxError, flag};
use oxc_ast::ast::{RegExpFlags, RegExpLiteral};

/// Why a literal is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    /// The standard does not allow it.
    Syntax(&'static str),
    /// It needs tables of Unicode properties.
    Properties,
}

/// The program of a literal, see [`jerboa_abi::regexp`].
pub(crate) fn program(literal: &RegExpLiteral<'_>) -> Result<Vec<u8>, Refusal> {
    let flags = literal.regex.flags;
    if flags.contains(RegExpFlags::V) {
        return Err(Refusal::Properties);
    }
    let bits = [
        (RegExpFlags::D, flag::INDICES),
        (RegExpFlags::G, flag::GLOBAL),
        (RegExpFlags::I, flag::IGNORE_CASE),
        (RegExpFlags::M, flag::MULTILINE),
        (RegExpFlags::S, flag::DOT_ALL),
        (RegExpFlags::U, flag::UNICODE),
        (RegExpFlags::Y, flag::STICKY),
    ];
    let flags = bits.into_iter().filter(|(flag, _)| flags.contains(*flag)).map(|(_, bit)| bit).sum();
    let pattern = literal.regex.pattern.text.as_bytes();
    let mut buffer = vec![0; 64 + 8 * pattern.len()];
    loop {
        match regexp::compile(pattern, flags, &mut buffer) {
            Ok(length) => {
                buffer.truncate(length);
                return Ok(buffer);
            }
            Err(CompileError::Full) => buffer.resize(2 * buffer.len(), 0),
            Err(CompileError::Syntax(SyntaxError::PropertyName)) => return Err(Refusal::Properties),
            Err(CompileError::Syntax(error)) => return Err(Refusal::Syntax(error.message())),
        }
    }
}
