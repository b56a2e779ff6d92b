//! The graph of modules: what names resolve to, and in which order modules run.
use super::Parsed;
use super::record::{Exported, Imported, Request};
use crate::diagnostics::{self, Diagnostic, Place};
use crate::source::{Import, Language, Source};
use crate::subset;
use oxc_syntax::symbol::SymbolId;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A variable of a module.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Binding {
    /// The module.
    pub module: usize,
    /// Its variable; `None` for the value of `export default`.
    pub symbol: Option<SymbolId>,
}

impl Binding {
    /// What tells its name from all others, see [`crate::scope::MARK`].
    pub fn key(self) -> String {
        match self.symbol {
            Some(symbol) => format!("{}.{}", self.module, symbol.index()),
            None => format!("{}.default", self.module),
        }
    }
}

/// What a name of a module means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resolution {
    /// A variable.
    Found(Binding),
    /// The namespace object of a module.
    Namespace(usize),
    /// A type of TypeScript, which is no value.
    Type,
    /// Two `export *` in this module give different things.
    Ambiguous(usize),
    /// Nothing.
    Missing,
    /// The file that it should come from was not found, which is reported elsewhere.
    Unknown,
}

/// The modules with what they ask of each other.
pub struct Graph<'p, 'a> {
    /// The files.
    pub sources: &'p [Source<'p>],
    /// What is in them.
    pub parsed: &'p [Parsed<'a>],
}

impl Graph<'_, '_> {
    /// The file that a specifier in a module names.
    pub fn target(&self, module: usize, specifier: &str) -> Option<usize> {
        self.import(module, specifier)?.found.as_ref().ok().copied()
    }

    fn import(&self, module: usize, specifier: &str) -> Option<&Import> {
        self.sources[module].imports.iter().find(|import| import.specifier == specifier)
    }

    fn requested(&self, module: usize, request: usize) -> Option<usize> {
        self.target(module, &self.parsed[module].record.requests[request].specifier)
    }

    /// The standard's `ResolveExport`.
    pub fn resolve(&self, module: usize, name: &str) -> Resolution {
        self.resolve_export(module, name, &mut HashSet::new())
    }

    /// What an import means.
    pub fn resolve_import(&self, module: usize, imported: &Imported) -> Resolution {
        self.follow(module, imported, &mut HashSet::new())
    }

    fn follow(
        &self,
        module: usize,
        imported: &Imported,
        visited: &mut HashSet<(usize, String)>,
    ) -> Resolution {
        let Some(target) = self.requested(module, imported.request) else { return Resolution::Unknown };
        match &imported.name {
            Some(name) => self.resolve_export(target, name, visited),
            None => Resolution::Namespace(target),
        }
    }

    fn resolve_export(
        &self,
        module: usize,
        name: &str,
        visited: &mut HashSet<(usize, String)>,
    ) -> Resolution {
        if !visited.insert((module, name.to_string())) {
            return Resolution::Missing;
        }
        let record = &self.parsed[module].record;
        match record.exports.get(name) {
            Some(Exported::Local(symbol)) => {
                return match record.imports.get(symbol) {
                    Some(imported) => self.follow(module, imported, visited),
                    None => Resolution::Found(Binding { module, symbol: Some(*symbol) }),
                };
            }
            Some(Exported::Default) => return Resolution::Found(Binding { module, symbol: None }),
            Some(Exported::From(imported)) => return self.follow(module, imported, visited),
            None => {}
        }
        if record.types.contains(name) {
            return Resolution::Type;
        }
        let mut found = Resolution::Missing;
        if name == "default" {
            return found;
        }
        for star in &record.stars {
            let Some(target) = self.requested(module, *star) else { return Resolution::Unknown };
            match (self.resolve_export(target, name, visited), found) {
                (ambiguous @ Resolution::Ambiguous(_), _) => return ambiguous,
                (Resolution::Missing, _) => {}
                (other, Resolution::Missing | Resolution::Type) => found = other,
                (other, first) if other == first || other == Resolution::Type => {}
                _ => return Resolution::Ambiguous(module),
            }
        }
        found
    }

    /// The names of a module's namespace object with what they mean, in the order of UTF-16 code units.
    pub fn names(&self, module: usize) -> Vec<(String, Resolution)> {
        let mut names = BTreeMap::new();
        let mut visited = HashSet::new();
        let mut pending = vec![(module, true)];
        while let Some((at, own)) = pending.pop() {
            if !visited.insert(at) {
                continue;
            }
            let record = &self.parsed[at].record;
            for name in record.exports.keys().filter(|name| own || *name != "default") {
                let resolution = self.resolve(module, name);
                if matches!(resolution, Resolution::Found(_) | Resolution::Namespace(_)) {
                    let order: Vec<u16> = name.encode_utf16().collect();
                    names.insert(order, (name.clone(), resolution));
                }
            }
            pending.extend(record.stars.iter().filter_map(|star| Some((self.requested(at, *star)?, false))));
        }
        names.into_values().collect()
    }

    /// Modules that running `start` runs and that are not in `done` yet, each after those that it asks for.
    pub fn order(&self, start: usize, done: &mut HashSet<usize>) -> Vec<usize> {
        let mut order = Vec::new();
        if !done.insert(start) {
            return order;
        }
        // A stack of its own: chains of modules may be long.
        let mut stack = vec![(start, 0)];
        while let Some((module, next)) = stack.last_mut() {
            let module = *module;
            let request = *next;
            *next += 1;
            if request == self.parsed[module].record.requests.len() {
                order.push(module);
                stack.pop();
            } else if let Some(target) = self.requested(module, request)
                && done.insert(target)
            {
                stack.push((target, 0));
            }
        }
        order
    }

    /// Checks all imports and exports; what each imported variable means.
    pub fn link(&self, modules: &[usize]) -> Result<HashMap<(usize, SymbolId), Resolution>, Vec<Diagnostic>> {
        let mut resolutions = HashMap::new();
        let mut errors = Vec::new();
        for module in modules {
            let record = &self.parsed[*module].record;
            for request in record.requests.iter().chain(&record.dynamic) {
                errors.extend(self.check_request(*module, request));
            }
            let mut imports: Vec<_> = record.imports.iter().collect();
            imports.sort_by_key(|(_, imported)| imported.span.start);
            for (symbol, imported) in imports {
                let resolution = self.resolve_import(*module, imported);
                errors.extend(self.check_import(*module, imported, resolution));
                resolutions.insert((*module, *symbol), resolution);
            }
            let mut exports: Vec<_> = record.exports.values().collect();
            exports.retain(|exported| matches!(exported, Exported::From(_)));
            for exported in exports {
                let Exported::From(imported) = exported else { continue };
                let resolution = self.resolve_import(*module, imported);
                // TypeScript exports types in the same way.
                if resolution != Resolution::Type || !self.parsed[*module].typescript {
                    errors.extend(self.check_import(*module, imported, resolution));
                }
            }
        }
        errors.sort_by_key(|error| error.labels.first().map(|label| (label.source, label.span.start)));
        if errors.is_empty() { Ok(resolutions) } else { Err(errors) }
    }

    fn place(&self, module: usize, span: oxc_span::Span) -> Place {
        subset::place(&self.parsed[module].positions, span)
    }

    fn check_request(&self, module: usize, request: &Request) -> Option<Diagnostic> {
        let place = self.place(module, request.span);
        match self.import(module, &request.specifier) {
            Some(Import { found: Ok(target), .. }) => {
                let (attribute, span) = request.attribute.as_ref()?;
                let json = self.sources[*target].language() == Language::Json;
                let fits = attribute == "type: json" && json;
                (!fits).then(|| diagnostics::import_attribute(self.place(module, *span), attribute))
            }
            Some(Import { found: Err(message), .. }) => Some(diagnostics::module_not_found(place, message)),
            None => {
                let message = format!("there is no file for `{}`", request.specifier);
                Some(diagnostics::module_not_found(place, &message))
            }
        }
    }

    fn check_import(&self, module: usize, imported: &Imported, resolution: Resolution) -> Option<Diagnostic> {
        let name = imported.name.as_deref()?;
        let target = self.requested(module, imported.request)?;
        let place = self.place(module, imported.span);
        let other = Place { source: target, span: 0..0 };
        let from = self.sources[target].name;
        match resolution {
            Resolution::Found(_) | Resolution::Namespace(_) | Resolution::Unknown => None,
            Resolution::Type => Some(diagnostics::type_as_value(place, name)),
            Resolution::Ambiguous(at) => {
                let other = Place { source: at, span: 0..0 };
                Some(diagnostics::ambiguous_import(place, name, other))
            }
            Resolution::Missing => {
                let names: Vec<String> =
                    self.names(target).into_iter().map(|(name, _)| format!("`{name}`")).collect();
                Some(diagnostics::missing_export(place, name, from, other, &names))
            }
        }
    }
}
