//! JSON modules. The parser reads them as JavaScript expressions, so what is in them but not in JSON is refused here.
use oxc_ast::ast::ObjectProperty;
use oxc_ast_visit::{VisitMut, walk_mut};

/// Checks that a text is JSON.
///
/// # Errors
/// The byte offset of what is wrong, and what it is.
pub fn check(text: &str) -> Result<(), (usize, &'static str)> {
    let mut scanner = Scanner { bytes: text.as_bytes(), at: 0 };
    scanner.space();
    scanner.value()?;
    if scanner.at < scanner.bytes.len() { scanner.fail("something after the value") } else { Ok(()) }
}

struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
}

type Scanned = Result<(), (usize, &'static str)>;

impl Scanner<'_> {
    fn fail(&self, message: &'static str) -> Scanned {
        Err((self.at, message))
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Goes past a byte, if it comes next.
    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// A value and the space behind it. The depth of its recursion is that of the text's nesting, which is bounded before.
    fn value(&mut self) -> Scanned {
        match self.peek() {
            Some(b'{') => self.list(b'}', true)?,
            Some(b'[') => self.list(b']', false)?,
            Some(b'"') => self.string()?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => {
                let rest = &self.bytes[self.at..];
                let word = ["true", "false", "null"].iter().find(|word| rest.starts_with(word.as_bytes()));
                match word {
                    Some(word) => self.at += word.len(),
                    None => return self.fail("expected a value"),
                }
            }
        }
        self.space();
        Ok(())
    }

    fn list(&mut self, close: u8, keys: bool) -> Scanned {
        self.at += 1;
        self.space();
        if self.eat(close) {
            return Ok(());
        }
        loop {
            if keys {
                if self.peek() != Some(b'"') {
                    return self.fail("expected a property's name in double quotes");
                }
                self.string()?;
                self.space();
                if !self.eat(b':') {
                    return self.fail("expected `:`");
                }
                self.space();
            }
            self.value()?;
            if self.eat(close) {
                return Ok(());
            }
            if !self.eat(b',') {
                return self.fail("expected `,` or the end of the list");
            }
            self.space();
        }
    }

    fn string(&mut self) -> Scanned {
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    self.at += 1;
                    match self.peek() {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
                        Some(b'u') => {
                            let digits = self.bytes.get(self.at + 1..self.at + 5);
                            if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                                return self.fail("expected four hexadecimal digits");
                            }
                            self.at += 5;
                        }
                        _ => return self.fail("no such escape sequence"),
                    }
                }
                Some(0..=0x1f) => return self.fail("a control character in a string"),
                Some(_) => self.at += 1,
                None => return self.fail("the string has no end"),
            }
        }
    }

    fn digits(&mut self) -> Scanned {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return self.fail("expected a digit");
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Scanned {
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            if !self.eat(b'-') {
                self.eat(b'+');
            }
            self.digits()?;
        }
        Ok(())
    }
}

/// Makes `__proto__` an ordinary name, which it is not in the literals of JavaScript.
pub struct Keys;

impl<'a> VisitMut<'a> for Keys {
    fn visit_object_property(&mut self, it: &mut ObjectProperty<'a>) {
        walk_mut::walk_object_property(self, it);
        it.computed |= it.key.is_specific_string_literal("__proto__");
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn what_is_json_passes() {
        for text in
            ["1", " [ 1 , -2.5e+3, \"\\u00e9\\n\" ] ", "{\"a\": {\"b\": []}, \"__proto__\": null}", "0"]
        {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_is_only_javascript_does_not() {
        let texts = [
            "",
            "{a: 1}",
            "[1,]",
            "'a'",
            "01",
            "1.",
            "+1",
            "undefined",
            "1 2",
            "// c\n1",
            "\"\\x41\"",
            "[",
            "\"\n\"",
        ];
        for text in texts {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
