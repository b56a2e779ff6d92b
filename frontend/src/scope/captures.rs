//! What closures capture, and where variables live.
//!
//! A closure without captures needs no heap, and a known function without captures needs not even be captured itself.
//! Whether functions have captures thus depends on each other: the analysis starts from "none has any" and adds
//! captures until nothing changes.
use super::*;

impl Walker<'_> {
    /// Ends the analysis.
    pub(super) fn finish(mut self) -> Scopes {
        self.settle_owners();
        self.settle_known();
        self.settle_captures();
        self.settle_storage();
        self.scopes
    }

    fn settle_owners(&mut self) {
        let top_level: Vec<ScopeId> = std::iter::once(FuncId(0))
            .chain(self.scopes.module_functions.iter().copied())
            .map(|function| self.scopes.function(function).scope)
            .collect();
        for id in self.scoping.symbol_ids() {
            let scope = self.scoping.symbol_scope_id(id);
            let function = self
                .scoping
                .scope_ancestors(scope)
                .find_map(|scope| self.scopes.by_scope.get(&scope).copied())
                .unwrap_or(FuncId(0));
            let function = self.region_owner(id, function);
            let in_switch = self.switch_scopes.contains(&scope);
            // Evaluated code may run again and again, and has no module variables.
            let shares = self.scopes.publishes || !self.scopes.evaluated;
            let evaluated = self.scopes.evaluated;
            let symbol = self.symbol_mut(id);
            symbol.function = function;
            let property = matches!(symbol.kind, BindingKind::Var | BindingKind::Function);
            symbol.top_level = top_level.contains(&scope) && shares && (property || !evaluated);
            symbol.in_switch = in_switch;
        }
    }

    /// The function that a binding belongs to, from the one whose scope it is in: initialisers of fields stand in none.
    fn region_owner(&self, id: SymbolId, function: FuncId) -> FuncId {
        let declared = self.scoping.symbol_span(id);
        let around = |span: &Span| span.start <= declared.start && declared.end <= span.end;
        let innermost =
            self.regions.iter().filter(|(span, _)| around(span)).min_by_key(|(span, _)| span.size());
        match innermost {
            Some((span, owner)) => {
                let scope = self.scopes.function(function).span;
                let inside = span.start <= scope.start && scope.end <= span.end;
                if inside && function != FuncId(0) { function } else { *owner }
            }
            None => function,
        }
    }

    fn settle_known(&mut self) {
        for id in self.scoping.symbol_ids() {
            let candidate = self.candidates.get(&id).copied();
            let literal = self.literals.remove(&id);
            let publishes = self.scopes.publishes && !is_linked(self.scoping, id);
            let with_properties = self.with_properties.contains(&id);
            let symbol = self.symbol_mut(id);
            let unchanged = symbol.initialisers == 1 && symbol.assignments == 0;
            let fixed = match symbol.kind {
                BindingKind::Const => true,
                BindingKind::Function | BindingKind::Let => unchanged,
                BindingKind::Var => unchanged && symbol.unconditional,
                BindingKind::Param | BindingKind::Catch | BindingKind::FunctionName => false,
            };
            let property = matches!(symbol.kind, BindingKind::Var | BindingKind::Function);
            let shared = publishes && symbol.top_level && property;
            if fixed && !shared {
                symbol.known = candidate;
                symbol.constant = literal;
            }
            let function = symbol.known.or(candidate);
            if with_properties && let Some(function) = function {
                self.scopes.functions[function.index()].has_properties = true;
            }
        }
    }

    fn settle_captures(&mut self) {
        // One use of each sort is enough; the order of first use gives the order of captures.
        let mut seen = HashSet::new();
        let mut uses = self.uses.clone();
        uses.retain(|u| {
            let initialised = self.scopes.initialised_at(u.symbol, u.function, u.offset);
            seen.insert((u.symbol, u.function, u.callee, u.write, initialised))
        });
        loop {
            let mut captures = vec![Vec::new(); self.scopes.functions.len()];
            let mut needs_callee = vec![false; self.scopes.functions.len()];
            for use_ in uses.iter().filter(|u| !self.scopes.is_static(u)) {
                let symbol = self.scopes.symbol(use_.symbol);
                if symbol.top_level {
                    continue;
                }
                let mut at = use_.function;
                loop {
                    if symbol.known == Some(at) {
                        // Inside itself, a function is the running closure.
                        needs_callee[at.index()] = true;
                        break;
                    }
                    if at == symbol.function {
                        break;
                    }
                    add(&mut captures[at.index()], Captured::Symbol(use_.symbol));
                    at = self.scopes.function(at).parent.expect("the owner is an enclosing function");
                }
            }
            for outer in &self.outer_values {
                let mut at = outer.user;
                while at != outer.owner {
                    add(&mut captures[at.index()], outer.value);
                    at = self.scopes.function(at).parent.expect("the owner is an enclosing function");
                }
            }
            let mut changed = false;
            for (i, (captures, callee)) in captures.into_iter().zip(needs_callee).enumerate() {
                let info = &mut self.scopes.functions[i];
                let callee = callee || info.uses_callee || !captures.is_empty();
                changed |= info.captures != captures || info.needs_callee != callee;
                info.captures = captures;
                info.needs_callee = callee;
            }
            if !changed {
                return;
            }
        }
    }

    fn settle_storage(&mut self) {
        // For each binding: the first closure that captures it, and whether a closure assigns to it.
        let mut captured: HashMap<SymbolId, Moment> = HashMap::new();
        let mut assigned_by_closure = HashSet::new();
        let mut early = HashSet::new();
        let mut used = HashSet::new();
        for use_ in self.uses.iter().filter(|u| !self.scopes.is_static(u)) {
            let symbol = self.scopes.symbol(use_.symbol);
            used.insert(use_.symbol);
            if self.scopes.needs_check(use_.symbol, use_.function, use_.offset) {
                early.insert(use_.symbol);
            }
            if use_.function == symbol.function || self.scopes.within_itself(use_.symbol, use_.function) {
                continue;
            }
            let created = self.scopes.creation(use_.function, symbol.function);
            let first = captured.entry(use_.symbol).or_insert(created);
            *first = created.min(*first);
            if use_.write {
                assigned_by_closure.insert(use_.symbol);
            }
        }
        for id in self.scoping.symbol_ids() {
            let publishes = self.scopes.publishes && !is_linked(self.scoping, id);
            let first = captured.get(&id).copied();
            let assigned_by_closure = assigned_by_closure.contains(&id);
            let early = early.contains(&id);
            let used = used.contains(&id);
            let symbol = self.symbol_mut(id);
            symbol.early = early;
            symbol.used = used;
            let property = matches!(symbol.kind, BindingKind::Var | BindingKind::Function);
            symbol.storage = match first {
                _ if symbol.kind == BindingKind::FunctionName => Storage::Callee,
                _ if symbol.top_level && publishes && property => Storage::GlobalProperty,
                None => Storage::Local,
                Some(_) if symbol.top_level => Storage::Global,
                Some(first) if first >= symbol.settled && !assigned_by_closure && !symbol.in_switch => {
                    Storage::Local
                }
                Some(_) => Storage::Cell,
            };
        }
    }
}

impl Scopes {
    /// Whether a use needs no variable, because the function or constant that it means can be named.
    fn is_static(&self, use_: &Use) -> bool {
        !use_.write
            && (self.constant_at(use_.symbol, use_.function, use_.offset).is_some()
                || self.function_at(use_.symbol, use_.function, use_.offset, use_.callee).is_some())
    }

    /// The constant that a read of the binding gives.
    pub fn constant_at(&self, id: SymbolId, function: FuncId, offset: u32) -> Option<&Literal> {
        self.symbol(id).constant.as_ref().filter(|_| self.initialised_at(id, function, offset))
    }

    /// The function that a read of the binding gives, if no variable is needed to reach its closure; or, for the
    /// callee of a call with plain arguments, no closure at all.
    pub fn function_at(&self, id: SymbolId, function: FuncId, offset: u32, callee: bool) -> Option<FuncId> {
        let symbol = self.symbol(id);
        let known = symbol.known.filter(|_| self.initialised_at(id, function, offset))?;
        let info = self.function(known);
        let without_closure = callee && self.directly_callable(known) && !info.needs_callee;
        // A closure that is created once and never changes can be named anywhere.
        let constant = info.single && !info.has_properties && info.captures.is_empty();
        (constant || without_closure).then_some(known)
    }

    /// Whether `function` is, or is in, the function that the binding means, so that the binding's value is that
    /// function's running closure.
    pub fn within_itself(&self, id: SymbolId, function: FuncId) -> bool {
        let symbol = self.symbol(id);
        if symbol.top_level {
            return false;
        }
        let mut at = function;
        loop {
            if symbol.known == Some(at) {
                return true;
            }
            match self.function(at).parent {
                Some(parent) if at != symbol.function => at = parent,
                _ => return false,
            }
        }
    }
}

/// Whether the binding is a module's, so that the global object does not show it.
fn is_linked(scoping: &Scoping, id: SymbolId) -> bool {
    scoping.symbol_name(id).contains(MARK)
}

fn add(captures: &mut Vec<Captured>, value: Captured) {
    if !captures.contains(&value) {
        captures.push(value);
    }
}
