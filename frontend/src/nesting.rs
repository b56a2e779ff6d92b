//! A bound on nesting, found before parsing.
//!
//! The parser, its checker and the lowering recurse over the syntax tree, so a hostile source could overflow the stack
//! of any of them. This scan reads tokens only, in constant stack, and adds up what can make a tree deep: open
//! brackets and, inside each bracket, the operators and keywords since the last `;`, `,` or start of a statement. It
//! bounds the depth from above; a program that people write stays far below the limit.
use std::ops::Range;

/// Deepest nesting accepted by default.
pub const DEFAULT_LIMIT: u32 = 2500;

#[derive(Clone, Copy, PartialEq)]
enum Previous {
    /// Start, operator, opening bracket: an operand follows.
    Operator,
    /// Identifier, literal, `]`: an operator follows, or a new statement on a new line.
    Operand,
    /// `)` of a call or of parentheses.
    Paren,
    /// `)` after `if`, `for`, `while` or `with`: a statement follows.
    Head,
    /// `}`: the end of a statement or of an expression.
    Brace,
}

struct Level {
    bracket: u8,
    /// Operators since the last separator.
    run: u32,
    /// What `run` was before the last `;`: an `else` goes on with it.
    before_semicolon: u32,
    /// Whether the bracket follows a keyword that takes a head in parentheses.
    head: bool,
}

/// The place where nesting exceeds `limit`, if it does.
pub fn too_deep(text: &str, limit: u32) -> Option<Range<usize>> {
    // After `}` a slash is a division or starts a regular expression, which only the grammar knows; try both.
    scan(text, limit, false).or_else(|| scan(text, limit, true))
}

fn scan(text: &str, limit: u32, regex_after_brace: bool) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut levels = vec![Level { bracket: 0, run: 0, before_semicolon: 0, head: false }];
    let mut depth = 0u32;
    let mut previous = Previous::Operator;
    let mut head_keyword = false;
    let mut newline = true;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let byte = bytes[at];
        let was_head_keyword = std::mem::replace(&mut head_keyword, false);
        match byte {
            b'\n' | b'\r' => {
                newline = true;
                head_keyword = was_head_keyword;
                at += 1;
                continue;
            }
            b' ' | b'\t' => {
                head_keyword = was_head_keyword;
                at += 1;
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                at = line_end(bytes, at);
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let end = text[at + 2..].find("*/").map_or(bytes.len(), |i| at + 4 + i);
                newline |= bytes[at..end].contains(&b'\n');
                at = end;
                continue;
            }
            b'"' | b'\'' => {
                at = string_end(bytes, at);
                previous = Previous::Operand;
            }
            b'`' => {
                at = template_end(bytes, at + 1);
                if bytes.get(at.wrapping_sub(1)) == Some(&b'{') {
                    levels.push(Level { bracket: b'`', run: 0, before_semicolon: 0, head: false });
                    depth += 1;
                    previous = Previous::Operator;
                } else {
                    previous = Previous::Operand;
                }
            }
            b'(' | b'[' | b'{' => {
                levels.push(Level { bracket: byte, run: 0, before_semicolon: 0, head: was_head_keyword });
                // A bracket counts twice: parenthesised and called expressions make two nodes.
                depth += 2;
                previous = Previous::Operator;
                at += 1;
            }
            b')' | b']' | b'}' => {
                at += 1;
                let mut head = false;
                if levels.len() > 1
                    && let Some(level) = levels.pop()
                {
                    depth -= level.run + if level.bracket == b'`' { 1 } else { 2 };
                    head = level.head;
                    if level.bracket == b'`' && byte == b'}' {
                        // The rest of the template.
                        at = template_end(bytes, at);
                        if bytes[at - 1] == b'{' {
                            levels.push(Level { bracket: b'`', run: 0, before_semicolon: 0, head: false });
                            depth += 1;
                            previous = Previous::Operator;
                        } else {
                            previous = Previous::Operand;
                        }
                        continue;
                    }
                }
                previous = match byte {
                    b')' if head => Previous::Head,
                    b')' => Previous::Paren,
                    b']' => Previous::Operand,
                    _ => Previous::Brace,
                };
                // Each bracket that follows an operand (a call, an index) nests what stands before it.
                count(&mut levels, &mut depth);
            }
            b';' | b',' => {
                at += 1;
                end_run(&mut levels, &mut depth);
                previous = Previous::Operator;
            }
            b'/' if previous == Previous::Operator
                || previous == Previous::Head
                || (previous == Previous::Brace && regex_after_brace) =>
            {
                at = regex_end(bytes, at);
                previous = Previous::Operand;
            }
            b'0'..=b'9' => {
                at = word_end(bytes, at);
                previous = Previous::Operand;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'\\' | b'#' | 0x80.. => {
                at = word_end(bytes, at).max(at + 1);
                let word = &bytes[start..at];
                let continues = matches!(
                    word,
                    b"else" | b"catch" | b"finally" | b"in" | b"of" | b"instanceof" | b"while"
                );
                let ends_statement = match previous {
                    Previous::Operand | Previous::Paren => newline,
                    Previous::Brace => true,
                    Previous::Operator | Previous::Head => false,
                };
                if ends_statement && !continues {
                    end_run(&mut levels, &mut depth);
                }
                if word == b"else"
                    && let Some(level) = levels.last_mut()
                {
                    depth += level.before_semicolon;
                    level.run += std::mem::take(&mut level.before_semicolon);
                }
                head_keyword = matches!(word, b"if" | b"for" | b"while" | b"with");
                previous = if is_operator_word(word) {
                    count(&mut levels, &mut depth);
                    Previous::Operator
                } else {
                    Previous::Operand
                };
            }
            _ => {
                at += 1;
                // The signs of one operator count each: harmless, and no table is needed.
                if byte.is_ascii_punctuation() {
                    let doubled = matches!(byte, b'+' | b'-') && bytes.get(at) == Some(&byte);
                    if doubled {
                        at += 1;
                    }
                    if !(doubled && matches!(previous, Previous::Operand | Previous::Paren)) {
                        previous = Previous::Operator;
                    }
                    count(&mut levels, &mut depth);
                }
            }
        }
        newline = false;
        if depth > limit {
            return Some(start..at.min(bytes.len()));
        }
    }
    None
}

fn count(levels: &mut [Level], depth: &mut u32) {
    if let Some(level) = levels.last_mut() {
        level.run += 1;
        *depth += 1;
    }
}

fn end_run(levels: &mut [Level], depth: &mut u32) {
    if let Some(level) = levels.last_mut() {
        *depth -= level.run;
        level.before_semicolon = std::mem::take(&mut level.run);
    }
}

fn is_operator_word(word: &[u8]) -> bool {
    matches!(
        word,
        b"if"
            | b"else"
            | b"for"
            | b"while"
            | b"do"
            | b"with"
            | b"try"
            | b"return"
            | b"throw"
            | b"new"
            | b"typeof"
            | b"void"
            | b"delete"
            | b"in"
            | b"of"
            | b"instanceof"
            | b"case"
            | b"await"
            | b"yield"
            | b"async"
            | b"class"
            | b"extends"
            | b"function"
            | b"import"
            | b"default"
    )
}

fn word_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len()
        && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'$' | b'\\' | b'#' | 0x80..))
    {
        at += 1;
    }
    at
}

fn line_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && !matches!(bytes[at], b'\n' | b'\r') {
        at += 1;
    }
    at
}

/// Behind a string; only its opening quote if it does not end on its line.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'\n' | b'\r' => break,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    start + 1
}

/// Behind the end of a template's text: its closing quote or the `${` of a substitution.
fn template_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => return at + 1,
            b'$' if bytes.get(at + 1) == Some(&b'{') => return at + 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Behind a regular expression; only its slash if it does not end on its line.
fn regex_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    let mut class = false;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'\n' | b'\r' => break,
            b'[' => {
                class = true;
                at += 1;
            }
            b']' => {
                class = false;
                at += 1;
            }
            b'/' if !class => return at + 1,
            _ => at += 1,
        }
    }
    start + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_but_flat_programs_pass() {
        let statement = "if (a) { f(a[1], \"(\", `x${b}`) } else g();\nx = y\nz.w(1)\nfor (;;) break\n";
        assert_eq!(too_deep(&statement.repeat(5000), 50), None);
        assert_eq!(too_deep(&format!("[{}]", "{a: [1, -2]}, ".repeat(5000)), 50), None);
    }

    #[test]
    fn every_way_of_nesting_is_seen() {
        for part in [
            "(",
            "[",
            "{",
            "!",
            "- ",
            "a=",
            "a?b:",
            "a=>",
            "if(a)",
            "else ",
            "for(;;)",
            "new ",
            "`${",
            "a+",
            "a.",
            "a()",
            "a[0]",
            "typeof ",
            "do ",
            "if(a);else ",
            "while(a)",
            "x:",
            "...",
            "a?.",
            "function(){",
            "(a)\n=>",
            "try{}finally{",
            "case a:",
        ] {
            assert!(too_deep(&part.repeat(3000), 1000).is_some(), "{part}");
        }
    }
}
