//! Diagnostics as text: code, source line, underline, help.
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use jerboa_frontend::{Diagnostic, Severity, Source};
use std::io::IsTerminal;

/// Renders diagnostics, with colours if stderr is a terminal.
pub fn render(sources: &[Source<'_>], diagnostics: &[Diagnostic]) -> String {
    let renderer = if std::io::stderr().is_terminal() { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&render_one(&renderer, sources, diagnostic));
        out.push_str("\n\n");
    }
    out
}

fn render_one(renderer: &Renderer, sources: &[Source<'_>], diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code);
    let mut group = Group::with_title(title);
    for (i, source) in sources.iter().enumerate() {
        let labels: Vec<_> = diagnostic.labels.iter().filter(|l| l.source == i).collect();
        if labels.is_empty() {
            continue;
        }
        let mut snippet = Snippet::source(source.text).path(source.name).fold(true);
        for (k, label) in labels.iter().enumerate() {
            let kind = if k == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let span = clamp(source.text, label.span.clone());
            let annotation = kind.span(span);
            snippet = snippet.annotation(if label.text.is_empty() {
                annotation
            } else {
                annotation.label(label.text.as_str())
            });
        }
        group = group.element(snippet);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    renderer.render(&[group])
}

/// A range that is within the text and on character boundaries.
fn clamp(text: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let mut start = span.start.min(text.len());
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}
