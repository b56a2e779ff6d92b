//! What a test says about itself: the comment between `/*---` and `---*/` at its head.
//!
//! It is YAML, of which the suite uses little: scalars, lists in brackets or as lines, and one map (`negative`).

/// The entries that decide how a test is run.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    pub flags: Vec<String>,
    pub includes: Vec<String>,
    pub features: Vec<String>,
    /// Present in tests that must fail.
    pub negative: Option<Negative>,
}

/// How a test must fail.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Negative {
    /// `parse`, `resolution` or `runtime`.
    pub phase: String,
    /// Name of the error.
    pub error: String,
}

impl Metadata {
    /// Reads the comment at the head of a test.
    pub fn of(source: &str) -> Metadata {
        let text = source.split_once("/*---").and_then(|(_, rest)| rest.split_once("---*/"));
        let mut metadata = Metadata::default();
        let mut key = "";
        for line in text.map_or("", |(text, _)| text).lines() {
            let inner = line.trim();
            if line.starts_with([' ', '\t', '-']) {
                // Lines of a text that is folded have other keys.
                if let Some(list) = metadata.list(key) {
                    let items = inner.trim_start_matches('-').trim().trim_end_matches(']').split(',');
                    list.extend(items.map(plain).filter(|item| !item.is_empty()));
                } else if key == "negative" {
                    metadata.negative_entry(inner);
                }
                continue;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            key = name;
            if key == "negative" {
                metadata.negative = Some(Negative::default());
            } else if let Some(list) = metadata.list(key) {
                let items = value.trim().trim_start_matches('[').trim_end_matches(']').split(',');
                list.extend(items.map(plain).filter(|item| !item.is_empty()));
            }
        }
        metadata
    }

    /// Whether a flag is set.
    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|f| f == flag)
    }

    fn list(&mut self, key: &str) -> Option<&mut Vec<String>> {
        match key {
            "flags" => Some(&mut self.flags),
            "includes" => Some(&mut self.includes),
            "features" => Some(&mut self.features),
            _ => None,
        }
    }

    fn negative_entry(&mut self, line: &str) {
        let (Some(negative), Some((name, value))) = (&mut self.negative, line.split_once(':')) else {
            return;
        };
        match name {
            "phase" => negative.phase = plain(value),
            "type" => negative.error = plain(value),
            _ => {}
        }
    }
}

/// A scalar without its spaces and its comment.
fn plain(scalar: &str) -> String {
    scalar.split('#').next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_brackets_or_lines() {
        let metadata = Metadata::of(
            "// Copyright\n/*---\ninfo: |\n  features: of no meaning\nflags: [async, module]\nincludes:\n  - a.js\n  \
             - b.js\nfeatures: [let,\n  const]\n---*/\nflags: [raw]",
        );
        assert_eq!(metadata.flags, ["async", "module"]);
        assert_eq!(metadata.includes, ["a.js", "b.js"]);
        assert_eq!(metadata.features, ["let", "const"]);
        assert_eq!(metadata.negative, None);
    }

    #[test]
    fn negative_tests_say_when_and_how() {
        let metadata =
            Metadata::of("/*---\nnegative:\n  phase: parse\n  type: SyntaxError\nflags: [onlyStrict]\n---*/");
        assert_eq!(metadata.negative, Some(Negative { phase: "parse".into(), error: "SyntaxError".into() }));
        assert!(metadata.has("onlyStrict"));
    }
}
