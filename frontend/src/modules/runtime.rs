//! The linker's own code: namespace objects, `import.meta`, and the evaluation of modules that do not just run in order.
use super::graph::{Graph, Resolution};
use super::rename::{DynamicTargets, Wanted};
use std::collections::HashMap;
use std::fmt::Write;

/// Evaluates modules that await, or that are imported when the program runs.
pub const EVALUATION: &str = include_str!("runtime.js");

/// Reads the second argument of `import()`, which means nothing but may be wrong.
pub const OPTIONS: &str = include_str!("options.js");

/// Modules that do not run in the program's main line.
#[derive(Default)]
pub struct Deferred {
    /// Number of each module's record at run time. Modules of the main line have one, too, if the program starts by evaluating a
    /// record.
    pub records: HashMap<usize, usize>,
    /// They in order.
    pub order: Vec<usize>,
    /// Those of them that are functions; the others have run when the program's records are evaluated.
    pub functions: Vec<usize>,
}

/// The text that comes before all modules.
pub fn prologue(
    graph: &Graph<'_, '_>,
    wanted: &Wanted,
    targets: &DynamicTargets,
    deferred: &Deferred,
) -> String {
    let mut text = String::new();
    for module in &wanted.metas {
        let url = quoted(graph.sources[*module].url);
        let _ = writeln!(text, "const $meta_{module} = {{ __proto__: null, url: {url} }};");
    }
    if wanted.assigned_import {
        text.push_str("const $assigned_import = undefined;\n");
    }
    for module in namespaces(graph, wanted, targets) {
        let _ = writeln!(text, "const $ns_{module} = $namespace({{ __proto__: null,");
        for (name, resolution) in graph.names(module) {
            let value = match resolution {
                Resolution::Found(binding) => format!("$b_{}", binding.key().replace('.', "_")),
                Resolution::Namespace(module) => format!("$ns_{module}"),
                _ => continue,
            };

            let _ = writeln!(text, "    get {}() {{ return {value}; }},", quoted(&name));
        }
        text.push_str("});\n");
    }
    if !deferred.order.is_empty() || !targets.modules.is_empty() {
        text.push_str(EVALUATION);
        if wanted.import_options {
            text.push_str(OPTIONS);
        }
        for module in &deferred.order {
            let record = &graph.parsed[*module].record;
            let requested: Vec<String> = record
                .requests
                .iter()
                .filter_map(|request| graph.target(*module, &request.specifier))
                .filter_map(|target| deferred.records.get(&target))
                .map(usize::to_string)
                .collect();
            let run = match deferred.functions.contains(module) {
                true => format!("$run_{module}"),
                false => "() => {}".to_string(),
            };
            let awaits = record.awaits && deferred.functions.contains(module);
            let _ = writeln!(text, "$record({run}, [{}], {awaits});", requested.join(", "));
        }
        text.push_str("const $targets = [");
        for module in &targets.modules {
            if let Some(message) = targets.rejected.get(module) {
                let _ = write!(text, "[-1, () => {{ throw new SyntaxError({}); }}], ", quoted(message));
                continue;
            }
            let record = deferred.records.get(module).map_or(-1, |record| *record as isize);
            let _ = write!(text, "[{record}, () => $ns_{module}], ");
        }
        text.push_str("];\n");
    }
    text
}

/// The modules whose namespace objects exist. Their order does not matter, since nothing reads their properties yet.
fn namespaces(graph: &Graph<'_, '_>, wanted: &Wanted, targets: &DynamicTargets) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let linked = targets.modules.iter().filter(|module| !targets.rejected.contains_key(module));
    let mut pending: Vec<usize> = wanted.namespaces.iter().chain(linked).copied().collect();
    while let Some(module) = pending.pop() {
        if found.contains(&module) {
            continue;
        }
        found.push(module);
        let inner = graph.names(module).into_iter().filter_map(|(_, resolution)| match resolution {
            Resolution::Namespace(module) => Some(module),
            _ => None,
        });
        pending.extend(inner);
    }
    found.sort_unstable();
    found
}

/// A text as a string literal.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(quoted, "\\u{:04x}", c as u32);
            }
            _ => quoted.push(c),
        }
    }
    quoted + "\""
}
