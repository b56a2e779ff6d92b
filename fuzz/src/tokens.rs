//! Splits a program into tokens without loss: joined again, they are the text.
//!
//! This is not JavaScript's lexer. It must accept any text, also one that an earlier mutation broke, and it
//! only has to cut where a mutation does something interesting. The characters of a template are cut like
//! code, so that its substitutions are mutated too.

/// What a token is, as far as mutations care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Blanks, line ends and comments.
    Space,
    /// Identifiers and keywords.
    Word,
    /// Numeric literals.
    Number,
    /// String literals with their quotes.
    Text,
    /// Everything else: the longest known punctuator, or one character.
    Punctuator,
}

/// Punctuators of more than one character, the longest first.
pub const LONG_PUNCTUATORS: &[&str] = &[
    ">>>=", "...", "===", "!==", ">>>", "<<=", ">>=", "**=", "&&=", "||=", "??=", "=>", "==", "!=", "<=",
    ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>",
    "**", "${",
];

/// The tokens of `text` in order; their concatenation is `text`.
pub fn split(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (token, tail) = rest.split_at(length_of_first(rest));
        tokens.push(token);
        rest = tail;
    }
    tokens
}

/// The kind of a token that [`split`] gave.
pub fn kind(token: &str) -> Kind {
    match token.chars().next() {
        None => Kind::Space,
        Some(c) if c.is_whitespace() => Kind::Space,
        Some('/') if token.starts_with("//") || token.starts_with("/*") => Kind::Space,
        Some(c) if c.is_ascii_digit() => Kind::Number,
        Some('"' | '\'') => Kind::Text,
        Some(c) if is_word(c) => Kind::Word,
        Some(_) => Kind::Punctuator,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn length_of_first(text: &str) -> usize {
    let run = |test: fn(char) -> bool| text.find(|c| !test(c)).unwrap_or(text.len());
    let first = text.chars().next().map_or(0, char::len_utf8);
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if let Some(comment) = text.strip_prefix("/*") {
        return comment.find("*/").map_or(text.len(), |at| at + 4);
    }
    match kind(text) {
        Kind::Space => run(char::is_whitespace).max(first),
        Kind::Number => run(|c| is_word(c) || c == '.').max(first),
        Kind::Text => string_length(text),
        _ if LONG_PUNCTUATORS.iter().any(|p| text.starts_with(p)) => {
            LONG_PUNCTUATORS.iter().find(|p| text.starts_with(**p)).map_or(first, |p| p.len())
        }
        Kind::Word => {
            // `$` belongs to a name, but `${` opens a substitution.
            let word = &text[..run(is_word)];
            word.len()
                - usize::from(word.len() > 1 && word.ends_with('$') && text[word.len()..].starts_with('{'))
        }
        Kind::Punctuator => first,
    }
}

/// Length of the string literal at the start of `text`: to its quote, the end of its line or of the text.
fn string_length(text: &str) -> usize {
    let quote = text.chars().next();
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' if !escaped => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if Some(c) == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_cut_where_expected() {
        let tokens: Vec<&str> = split("let a1 = 0x1F >>> b['q\\'x']; // end\n`t${x}`")
            .into_iter()
            .filter(|t| kind(t) != Kind::Space)
            .collect();
        assert_eq!(
            tokens,
            ["let", "a1", "=", "0x1F", ">>>", "b", "[", "'q\\'x'", "]", ";", "`", "t", "${", "x", "}", "`"]
        );
    }

    #[test]
    fn any_text_survives_splitting() {
        for text in
            ["", "\"open", "'a\nb", "/* open", "\u{feff}x\u{2028}y", "é日😀", "\\", "a\0b", "1..2...3", "$"]
        {
            let tokens = split(text);
            assert_eq!(tokens.concat(), text);
            assert!(tokens.iter().all(|token| !token.is_empty()));
        }
    }
}
