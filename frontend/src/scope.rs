//! Scope analysis: what each function and each binding needs, found before any code is made.
//!
//! One walk over the tree records, in source order, where bindings are initialised and assigned, where closures
//! are created and who refers to what. Questions about time ("is it initialised here?", "can it change after this
//! closure exists?") are then answered by comparing positions in the text: inside one scope, control flow goes
//! backwards only at loops, and a loop that contains a binding's scope makes a fresh binding each time round. So
//! an assignment counts as happening at the end of the outermost loop between it and its binding's scope.
//! The `case`s of a `switch` share a scope but may be entered at any point; nothing is proven for bindings there.
use crate::literal::Literal;
use jerboa_abi::builtins::GLOBALS;
use jerboa_ir::FuncId;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::Scoping;
use oxc_span::{GetSpan, Span};
use oxc_syntax::operator::BinaryOperator;
use oxc_syntax::scope::{ScopeFlags, ScopeId};
use oxc_syntax::symbol::{SymbolFlags, SymbolId};
use std::collections::{HashMap, HashSet};

mod captures;
mod classes;

pub use classes::{ClassInfo, SyntheticId, explicit_constructor, private_methods};

/// A moment: an offset in the text, then a rank for the function declarations of one block, which are all
/// created at its start, in order.
pub type Moment = (u32, u32);

/// What kind of function it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FunctionKind {
    /// The program's top level.
    Script,
    /// Declaration or expression with `function`.
    Ordinary,
    /// `=>`: no `this` or `arguments` of its own.
    Arrow,
    /// Method of an object literal.
    Method,
    /// Getter or setter.
    Accessor,
    /// Constructor of a class without `extends`.
    Constructor,
    /// Constructor of a class with `extends`: its `this` is what `super(…)` gives.
    DerivedConstructor,
    /// What runs the static fields and blocks of a class with the class as `this`, or the fields of an instance.
    Initialiser,
}

/// Names of the global scope that put work off.
const PUTTING_OFF: &[&str] = &["Promise", "queueMicrotask", "setTimeout", "setInterval"];

/// How a function suspends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Coroutine {
    /// `function*`
    Generator,
    /// `async function`
    Async,
    /// `async function*`
    AsyncGenerator,
}

/// Something that a closure captures.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Captured {
    /// A variable.
    Symbol(SymbolId),
    /// `this` of the enclosing ordinary function.
    This,
    /// Its `arguments`.
    Arguments,
    /// Its `new.target`.
    NewTarget,
    /// The enclosing constructor itself, for `super(…)` in an arrow function.
    Constructor,
    /// Something that has no name in the source, see [`SyntheticId`].
    Synthetic(SyntheticId),
}

/// A function of the source. Its number is also its number in the module; the script is number 0.
#[derive(Debug)]
pub struct FunctionInfo {
    /// Kind.
    pub kind: FunctionKind,
    /// The enclosing function.
    pub parent: Option<FuncId>,
    /// When its closure is created in the parent.
    pub created: Moment,
    /// Source range.
    pub span: Span,
    /// Its parameters' and body's scope.
    pub scope: ScopeId,
    /// Source range of the parameters.
    pub params_span: Span,
    /// Whether a closure is created among the parameters (in a default value).
    pub closure_in_params: bool,
    /// Number of parameters before the rest parameter.
    pub params: u32,
    /// Property `length`.
    pub length: u32,
    /// Whether there is a rest parameter.
    pub rest: bool,
    /// Whether it, or an arrow function in it, needs the value.
    pub uses_this: bool,
    /// See `uses_this`.
    pub uses_arguments: bool,
    /// See `uses_this`.
    pub uses_new_target: bool,
    /// Whether code in it needs the closure itself: it has captures or refers to itself by name.
    pub needs_callee: bool,
    /// Its closure's captured values, in order.
    pub captures: Vec<Captured>,
    /// Used with `new`, or given properties, by name.
    pub has_properties: bool,
    /// Created by top-level code outside of loops, so at most once.
    pub single: bool,
    /// Whether its code wants its own closure, beside `needs_callee`.
    pub uses_callee: bool,
    /// Whether an arrow function in it uses its `this`.
    pub this_captured: bool,
    /// Whether and how it suspends.
    pub coroutine: Option<Coroutine>,
}

/// How a binding was declared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BindingKind {
    /// `var`
    Var,
    /// `let`, and destructured parameters of `catch`.
    Let,
    /// `const`
    Const,
    /// Parameter.
    Param,
    /// Simple parameter of `catch`.
    Catch,
    /// Function declaration.
    Function,
    /// A function expression's own name.
    FunctionName,
}

/// Where a binding lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Storage {
    /// SSA variable of its function; closures capture its value.
    Local,
    /// Heap cell that its function and closures share.
    Cell,
    /// Module variable.
    Global,
    /// Property of the global object.
    GlobalProperty,
    /// The running closure.
    Callee,
}

/// A binding.
#[derive(Debug)]
pub struct SymbolInfo {
    /// The function that it belongs to.
    pub function: FuncId,
    /// Kind.
    pub kind: BindingKind,
    /// When it is initialised (declared kinds other than `var`).
    pub initialised: Moment,
    /// After this moment it does not change.
    pub settled: Moment,
    /// Number of assignments, other than initialisation.
    pub assignments: u32,
    /// Number of initialising declarators.
    pub initialisers: u32,
    /// Whether the only initialiser runs whenever the function's body does (`var`).
    pub unconditional: bool,
    /// Declared directly in a `switch`.
    pub in_switch: bool,
    /// Declared at the top level of the program, so that it is a module variable if functions share it, or published.
    pub top_level: bool,
    /// The function that it always is, once initialised.
    pub known: Option<FuncId>,
    /// The literal that it always is, once initialised.
    pub constant: Option<Literal>,
    /// Whether any use needs the variable itself; others name its constant or function directly.
    pub used: bool,
    /// Whether it may be seen uninitialised, so that it must hold `empty` from its scope's start on.
    pub early: bool,
    /// Where it lives.
    pub storage: Storage,
}

/// A use of a binding.
#[derive(Clone, Copy, Debug)]
struct Use {
    symbol: SymbolId,
    function: FuncId,
    offset: u32,
    /// The callee of a call with plain arguments.
    callee: bool,
    write: bool,
}

/// What may run beside a program, and what it is to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum World {
    /// Nothing.
    Closed,
    /// The code that it evaluates, if it mentions `eval` or `Function`.
    WithCompiler,
    /// It is itself evaluated by a program.
    Evaluated {
        /// Its `var`s and functions are its own, not properties of the global object.
        own_variables: bool,
        /// It is one function, whose `this` is always an object.
        sloppy_function: bool,
    },
}

/// Names of the global scope that compile code.
const EVALUATING: &[&str] = &["eval", "Function"];

/// The result of the analysis.
pub struct Scopes {
    /// Functions by number.
    pub functions: Vec<FunctionInfo>,
    symbols: Vec<Option<SymbolInfo>>,
    by_scope: HashMap<ScopeId, FuncId>,
    /// Whether names that the program does not declare are looked up in the global object.
    pub global_object: bool,
    /// Whether top-level `var`s and functions are properties of the global object.
    pub publishes: bool,
    /// Whether the program is one that another one evaluates.
    pub evaluated: bool,
    /// The function whose `this` is always an object, as in sloppy code: one that `Function` makes of a text without the
    /// directive of strict code. It is how libraries get at the global object.
    pub sloppy_function: Option<FuncId>,
    /// Whether code that the program evaluates may run beside it.
    pub open_world: bool,
    /// Built-in names that the program assigns to.
    pub assigned_builtins: HashSet<String>,
    /// Top-level code before this offset runs no code of other functions.
    inert_until: u32,
    /// Classes by the offset where each starts.
    pub classes: HashMap<u32, ClassInfo>,
    /// What owns each synthetic value, and whether it is made at most once, so that a module variable can hold it.
    pub synthetics: Vec<(FuncId, bool)>,
    /// Those of the latter that other functions use.
    pub shared_synthetics: HashSet<SyntheticId>,
    /// What private names and `super` mean, by offset.
    pub synthetic_uses: HashMap<u32, SyntheticId>,
    /// The synthetic value of object literals with methods that use `super`, by offset.
    pub homes: HashMap<u32, SyntheticId>,
    /// Whether the program may put work off: with promises, timers or async functions.
    pub puts_off: bool,
    /// Whether the program may have iterators of its own, which have to be closed.
    pub custom_iterators: bool,
    /// `var`s that share a name with something that the standard keeps apart from them.
    pub var_conflicts: Vec<(SymbolId, Span)>,
    /// Bindings of modules by what is behind the [`MARK`] of their names.
    linked: HashMap<String, SymbolId>,
    /// The functions that hold the code of modules which do not run at the start, each in its turn; what they declare is at the
    /// top level.
    pub module_functions: Vec<FuncId>,
}

/// In the name of a binding of a module, what is in front of this is the name that the user gave, and what is behind it says
/// which binding it is. See [`crate::modules`].
pub const MARK: char = '@';

/// The part of a name that the user gave.
pub fn display_name(name: &str) -> &str {
    name.split(MARK).next().unwrap_or(name)
}

impl Scopes {
    /// Analyses a program.
    pub fn new(program: &Program<'_>, scoping: &Scoping, world: World) -> Scopes {
        let mut walker = Walker::new(program, scoping);
        walker.scopes.evaluated = matches!(world, World::Evaluated { .. });
        walker.visit_program(program);
        let scopes = &mut walker.scopes;
        match world {
            World::Closed => {}
            World::WithCompiler => scopes.open_world = walker.evaluates,
            World::Evaluated { own_variables, sloppy_function } => {
                scopes.open_world = true;
                // The script is number 0; it has nothing else.
                scopes.sloppy_function = sloppy_function.then_some(FuncId(1));
                scopes.publishes = !own_variables;
            }
        }
        if scopes.open_world {
            scopes.global_object = true;
            scopes.custom_iterators = true;
            scopes.puts_off = true;
        }
        walker.finish()
    }

    /// The function of a function node's scope.
    pub fn function_of(&self, scope: ScopeId) -> FuncId {
        self.by_scope[&scope]
    }

    /// Whether a call is `Function("return this")()`, or the same with `new`: how libraries get at the global object that were
    /// written before it had a name. It needs no compiler at run time.
    pub fn is_global_object_idiom(&self, scoping: &Scoping, call: &CallExpression<'_>) -> bool {
        let (callee, arguments) = match &call.callee {
            Expression::CallExpression(maker) if !maker.optional => (&maker.callee, &maker.arguments),
            Expression::NewExpression(maker) => (&maker.callee, &maker.arguments),
            _ => return false,
        };
        let (Expression::Identifier(ident), [Argument::StringLiteral(body)]) = (callee, &arguments[..])
        else {
            return false;
        };
        !call.optional
            && call.arguments.is_empty()
            && display_name(&ident.name) == "Function"
            && self.resolve(scoping, ident).is_none()
            && body.value.trim().trim_end_matches(';').trim_end() == "return this"
    }

    /// The binding that an identifier means. The checker looks names in default values of parameters up in the body,
    /// too, if they are in a nested function and nothing else has declared them yet; the standard does not.
    pub fn resolve(&self, scoping: &Scoping, ident: &IdentifierReference<'_>) -> Option<SymbolId> {
        let Some(mut symbol) = scoping.get_reference(ident.reference_id.get()?).symbol_id() else {
            let (_, key) = ident.name.split_once(MARK)?;
            return self.linked.get(key).copied();
        };
        loop {
            let scope = scoping.symbol_scope_id(symbol);
            let Some(function) = self.by_scope.get(&scope) else { return Some(symbol) };
            let params = self.function(*function).params_span;
            let among_params = params.start <= ident.span.start && ident.span.end <= params.end;
            if !among_params || scoping.symbol_span(symbol).start < params.end {
                return Some(symbol);
            }
            symbol = scoping.find_binding(scoping.scope_parent_id(scope)?, ident.name)?;
        }
    }

    /// A function.
    pub fn function(&self, id: FuncId) -> &FunctionInfo {
        &self.functions[id.index()]
    }

    /// A binding.
    pub fn symbol(&self, id: SymbolId) -> &SymbolInfo {
        self.symbols[id.index()].as_ref().expect("every declared symbol is analysed")
    }

    /// Whether calls of the function can pass its parameters directly.
    pub fn directly_callable(&self, id: FuncId) -> bool {
        !self.function(id).uses_arguments
    }

    /// Whether the binding is surely initialised when code of `function` at `offset` uses it.
    pub fn initialised_at(&self, id: SymbolId, function: FuncId, offset: u32) -> bool {
        let symbol = self.symbol(id);
        match symbol.kind {
            BindingKind::Function | BindingKind::FunctionName | BindingKind::Catch => return true,
            BindingKind::Var if !symbol.unconditional || symbol.initialisers != 1 => return false,
            _ => {}
        }
        if symbol.in_switch {
            return false;
        }
        if function == symbol.function {
            return (offset, 0) >= symbol.initialised;
        }
        self.creation(function, symbol.function) >= symbol.initialised || self.initialised_before_calls(id)
    }

    /// Whether the binding is initialised by top-level code that no function of the program can precede.
    pub fn initialised_before_calls(&self, id: SymbolId) -> bool {
        let symbol = self.symbol(id);
        symbol.top_level && symbol.function == FuncId(0) && symbol.initialised.0 <= self.inert_until
    }

    /// Whether a use must check that the binding is initialised.
    pub fn needs_check(&self, id: SymbolId, function: FuncId, offset: u32) -> bool {
        let symbol = self.symbol(id);
        match symbol.kind {
            BindingKind::Let | BindingKind::Const | BindingKind::Param => {
                !self.initialised_at(id, function, offset)
            }
            _ => false,
        }
    }

    /// When, in `owner`, the closure is created through which `function` reaches the owner's variables.
    fn creation(&self, mut function: FuncId, owner: FuncId) -> Moment {
        loop {
            let info = self.function(function);
            match info.parent {
                Some(parent) if parent != owner => function = parent,
                _ => return info.created,
            }
        }
    }
}

/// A loop that the walk is in.
struct Loop {
    span: Span,
    function: FuncId,
}

/// A value other than a variable that a function wants of one around it.
#[derive(Clone, Copy, Debug)]
struct OuterValue {
    user: FuncId,
    owner: FuncId,
    value: Captured,
}

struct Walker<'s> {
    scoping: &'s Scoping,
    scopes: Scopes,
    uses: Vec<Use>,
    /// Functions and what they want of a function around them.
    outer_values: Vec<OuterValue>,
    current: FuncId,
    loops: Vec<Loop>,
    /// When an assignment to the targets being visited has happened.
    write_end: u32,
    /// When the declarators being visited have initialised their variables.
    declared_end: Option<u32>,
    /// Start of the innermost block that hoists function declarations.
    block_start: u32,
    /// Depth of statements in the current function's body.
    statement_depth: u32,
    declaration_kind: VariableDeclarationKind,
    /// When the function expression that comes next is created, if not where it stands.
    next_created: Option<Moment>,
    /// Kind of the function expression that comes next, if it is not an ordinary one.
    next_kind: Option<FunctionKind>,
    switch_scopes: HashSet<ScopeId>,
    /// The reference that is the callee of a call.
    callee: Option<u32>,
    candidates: HashMap<SymbolId, FuncId>,
    literals: HashMap<SymbolId, Literal>,
    with_properties: HashSet<SymbolId>,
    /// Source ranges that belong to a function although they do not stand in it: initialisers of fields, and the function.
    regions: Vec<(Span, FuncId)>,
    /// Private names of the classes around.
    private_names: Vec<HashMap<String, SyntheticId>>,
    /// The object whose prototype `super` means here.
    home: Option<SyntheticId>,
    /// Names of the classes around that mean something else inside.
    inner_names: Vec<(SymbolId, SyntheticId)>,
    used_homes: HashSet<SyntheticId>,
    /// Whether the program mentions something that compiles code.
    evaluates: bool,
    /// Start of a mention of `Function` that does not compile any.
    harmless_function: Option<u32>,
}

impl<'s> Walker<'s> {
    fn new(program: &Program<'_>, scoping: &'s Scoping) -> Walker<'s> {
        let scope = program.scope_id.get().expect("the checker has made the scopes");
        let script = FunctionInfo {
            kind: FunctionKind::Script,
            parent: None,
            created: (0, 0),
            span: program.span,
            scope,
            params_span: Span::new(0, 0),
            closure_in_params: false,
            params: 0,
            length: 0,
            rest: false,
            uses_this: false,
            uses_arguments: false,
            uses_new_target: false,
            needs_callee: false,
            captures: Vec::new(),
            has_properties: false,
            single: true,
            uses_callee: false,
            this_captured: false,
            coroutine: None,
        };
        let scopes = Scopes {
            functions: vec![script],
            symbols: Vec::new(),
            by_scope: HashMap::from([(scope, FuncId(0))]),
            global_object: false,
            publishes: false,
            evaluated: false,
            sloppy_function: None,
            open_world: false,
            assigned_builtins: HashSet::new(),
            inert_until: inert_prefix(program),
            classes: HashMap::new(),
            synthetics: Vec::new(),
            shared_synthetics: HashSet::new(),
            synthetic_uses: HashMap::new(),
            homes: HashMap::new(),
            puts_off: false,
            custom_iterators: false,
            var_conflicts: Vec::new(),
            linked: linked_names(scoping),
            module_functions: Vec::new(),
        };
        let mut walker = Walker {
            scoping,
            scopes,
            uses: Vec::new(),
            outer_values: Vec::new(),
            current: FuncId(0),
            loops: Vec::new(),
            write_end: 0,
            declared_end: None,
            block_start: 0,
            statement_depth: 0,
            declaration_kind: VariableDeclarationKind::Var,
            next_kind: None,
            next_created: None,
            switch_scopes: HashSet::new(),
            callee: None,
            candidates: HashMap::new(),
            literals: HashMap::new(),
            with_properties: HashSet::new(),
            regions: Vec::new(),
            private_names: Vec::new(),
            home: None,
            inner_names: Vec::new(),
            used_homes: HashSet::new(),
            evaluates: false,
            harmless_function: None,
        };
        walker.scopes.symbols = scoping.symbol_ids().map(|id| Some(walker.new_symbol(id))).collect();
        walker
    }

    fn new_symbol(&self, id: SymbolId) -> SymbolInfo {
        let flags = self.scoping.symbol_flags(id);
        let redeclared = !self.scoping.symbol_redeclarations(id).is_empty();
        let kind = if flags.contains(SymbolFlags::CatchVariable) {
            if flags.contains(SymbolFlags::BlockScopedVariable) {
                BindingKind::Let
            } else {
                BindingKind::Catch
            }
        } else if flags.contains(SymbolFlags::ConstVariable) {
            BindingKind::Const
        } else if flags.intersects(SymbolFlags::BlockScopedVariable | SymbolFlags::Class) {
            BindingKind::Let
        } else if flags.contains(SymbolFlags::FunctionExpression) && !redeclared {
            BindingKind::FunctionName
        } else if flags.contains(SymbolFlags::FunctionScopedVariable) {
            BindingKind::Var
        } else if flags.contains(SymbolFlags::Function) {
            BindingKind::Function
        } else {
            BindingKind::Var
        };
        SymbolInfo {
            // Set when the walk meets the declaration.
            function: FuncId(0),
            kind,
            initialised: (u32::MAX, 0),
            settled: (0, 0),
            assignments: 0,
            initialisers: 0,
            unconditional: false,
            in_switch: false,
            top_level: false,
            known: None,
            constant: None,
            used: false,
            early: false,
            storage: Storage::Local,
        }
    }

    fn symbol_mut(&mut self, id: SymbolId) -> &mut SymbolInfo {
        self.scopes.symbols[id.index()].as_mut().expect("every symbol has its entry")
    }

    /// The end of the outermost loop around the current place that does not contain the binding's scope.
    fn settled_end(&self, id: SymbolId, end: u32) -> u32 {
        let kind = self.scopes.symbol(id).kind;
        let block_scoped = matches!(kind, BindingKind::Let | BindingKind::Const | BindingKind::Catch)
            || (kind == BindingKind::Function);
        let declared = self.scoping.symbol_span(id).start;
        self.loops
            .iter()
            .filter(|l| l.function == self.current)
            .find(|l| !(block_scoped && l.span.start <= declared && declared < l.span.end))
            .map_or(end, |l| l.span.end.max(end))
    }

    fn declare(&mut self, ident: &BindingIdentifier<'_>, kind: Option<BindingKind>, moment: Moment) {
        let Some(id) = ident.symbol_id.get() else { return };
        let settled = (self.settled_end(id, moment.0), moment.1);
        let unconditional = self.statement_depth <= 1;
        let redeclares = ident.span.start != self.scoping.symbol_span(id).start;
        let symbol = self.symbol_mut(id);
        if let Some(kind) = kind
            && symbol.kind == BindingKind::Var
        {
            symbol.kind = kind;
        } else if kind.is_none()
            && matches!(symbol.kind, BindingKind::Param | BindingKind::Catch)
            && redeclares
        {
            symbol.assignments += 1;
            symbol.settled = symbol.settled.max(settled);
            return;
        }
        symbol.initialisers += 1;
        symbol.initialised = if symbol.initialisers == 1 { moment } else { symbol.initialised.max(moment) };
        symbol.settled = symbol.settled.max(settled);
        symbol.unconditional = unconditional;
    }

    fn declare_pattern(&mut self, pattern: &BindingPattern<'_>, kind: Option<BindingKind>, moment: Moment) {
        for ident in pattern.get_binding_identifiers() {
            self.declare(ident, kind, moment);
        }
    }

    /// Notes how a function suspends.
    fn suspending(&mut self, function: FuncId, generator: bool, is_async: bool) {
        let info = &mut self.scopes.functions[function.index()];
        info.coroutine = match (generator, is_async) {
            (true, true) => Some(Coroutine::AsyncGenerator),
            (true, false) => Some(Coroutine::Generator),
            (false, true) => Some(Coroutine::Async),
            (false, false) => return,
        };
        info.uses_callee = true;
        self.scopes.custom_iterators |= generator;
        self.scopes.puts_off |= is_async;
    }

    /// Whether a function's body runs at most once: the script's and those of modules.
    fn runs_once(&self, function: FuncId) -> bool {
        function == FuncId(0) || self.scopes.module_functions.contains(&function)
    }

    /// The nearest function with its own `this`.
    fn this_function(&self) -> FuncId {
        let mut id = self.current;
        while self.scopes.function(id).kind == FunctionKind::Arrow {
            id = self.scopes.function(id).parent.expect("the script is no arrow function");
        }
        id
    }

    /// Notes the use of `this` and the like.
    fn use_outer_value(&mut self, value: Captured) {
        let owner = self.this_function();
        let info = &mut self.scopes.functions[owner.index()];
        match value {
            Captured::This => info.uses_this = true,
            Captured::Arguments => info.uses_arguments = true,
            Captured::NewTarget => info.uses_new_target = true,
            Captured::Constructor => info.uses_callee = true,
            Captured::Symbol(_) | Captured::Synthetic(_) => {}
        }
        if info.kind == FunctionKind::Script {
            if value == Captured::This {
                self.uses_global_object();
            }
        } else if owner != self.current {
            if value == Captured::This {
                self.scopes.functions[owner.index()].this_captured = true;
            }
            self.outer_values.push(OuterValue { user: self.current, owner, value });
        }
    }

    fn uses_global_object(&mut self) {
        self.scopes.global_object = true;
        self.scopes.publishes = true;
        self.scopes.custom_iterators = true;
    }

    /// Walks a function; `walk` visits its children.
    fn enter_function(
        &mut self,
        kind: FunctionKind,
        scope: ScopeId,
        span: Span,
        created: Moment,
        params: &FormalParameters<'_>,
        walk: impl FnOnce(&mut Self),
    ) -> FuncId {
        let id = FuncId(self.scopes.functions.len() as u32);
        let single = self.runs_once(self.current) && self.loops.is_empty();
        let parent = &mut self.scopes.functions[self.current.index()];
        parent.closure_in_params |=
            parent.params_span.start <= span.start && span.end <= parent.params_span.end;
        let length =
            params.items.iter().take_while(|p| p.initializer.is_none() && !p.pattern.is_assignment_pattern());
        self.scopes.functions.push(FunctionInfo {
            kind,
            parent: Some(self.current),
            created,
            span,
            scope,
            params_span: params.span,
            closure_in_params: false,
            params: params.items.len() as u32,
            length: length.count() as u32,
            rest: params.rest.is_some(),
            uses_this: false,
            uses_arguments: false,
            uses_new_target: false,
            needs_callee: false,
            captures: Vec::new(),
            has_properties: false,
            single,
            uses_callee: false,
            this_captured: false,
            coroutine: None,
        });
        self.scopes.by_scope.insert(scope, id);
        let current = std::mem::replace(&mut self.current, id);
        let block_start = std::mem::replace(&mut self.block_start, span.start);
        let statement_depth = std::mem::replace(&mut self.statement_depth, 0);
        let declared_end = self.declared_end.take();
        // In a list of plain names all have their values at entry; else each gets its own in turn.
        let simple =
            params.items.iter().all(|p| p.initializer.is_none() && p.pattern.is_binding_identifier());
        for param in &params.items {
            let end = if simple { span.start } else { param.span.end };
            self.declare_pattern(&param.pattern, Some(BindingKind::Param), (end, 0));
        }
        if let Some(rest) = &params.rest {
            let simple = simple && rest.rest.argument.is_binding_identifier();
            let end = if simple { span.start } else { rest.span.end };
            self.declare_pattern(&rest.rest.argument, Some(BindingKind::Param), (end, 0));
        }
        walk(self);
        self.current = current;
        self.block_start = block_start;
        self.statement_depth = statement_depth;
        self.declared_end = declared_end;
        id
    }

    fn in_loop(&mut self, span: Span, walk: impl FnOnce(&mut Self)) {
        self.loops.push(Loop { span, function: self.current });
        walk(self);
        self.loops.pop();
    }

    fn in_block(&mut self, start: u32, walk: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.block_start, start);
        walk(self);
        self.block_start = outer;
    }

    /// Notes that the object of a member expression is used as a constructor or gets properties.
    fn note_properties(&mut self, object: &Expression<'_>, name: &str) {
        if matches!(name, "call" | "apply" | "bind" | "length" | "name" | "toString") {
            return;
        }
        self.note_constructor(object);
    }

    fn note_constructor(&mut self, object: &Expression<'_>) {
        if let Expression::Identifier(ident) = object
            && let Some(symbol) = self.scopes.resolve(self.scoping, ident)
        {
            self.with_properties.insert(symbol);
        }
    }

    fn with_write_end<R>(&mut self, end: u32, walk: impl FnOnce(&mut Self) -> R) -> R {
        let outer = std::mem::replace(&mut self.write_end, end);
        let result = walk(self);
        self.write_end = outer;
        result
    }
}

impl<'a> Visit<'a> for Walker<'_> {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        let scope = it.scope_id.get().expect("the checker has made the scopes");
        let kind = self.next_kind.take().unwrap_or(FunctionKind::Ordinary);
        let declaration = it.is_declaration();
        let created = if declaration {
            (self.block_start, it.span.start)
        } else {
            self.next_created.take().unwrap_or((it.span.start, 0))
        };
        let home = if kind == FunctionKind::Ordinary { self.home.take() } else { self.home };
        if declaration && let Some(id) = &it.id {
            self.declare(id, None, (self.block_start, it.span.start + 1));
            if let Some(symbol) = id.symbol_id.get() {
                // Several declarations of one name: the last one wins, so none is known.
                self.candidates.insert(symbol, FuncId(self.scopes.functions.len() as u32));
            }
        }
        let is_module = it.id.as_ref().is_some_and(|id| id.name.starts_with(MARK));
        let function = self.enter_function(kind, scope, it.span, created, &it.params, |w| {
            if is_module {
                w.scopes.module_functions.push(w.current);
            }
            walk::walk_function(w, it, flags);
        });
        self.home = home;
        self.suspending(function, it.generator, it.r#async);
        if !declaration && let Some(symbol) = it.id.as_ref().and_then(|id| id.symbol_id.get()) {
            let info = self.symbol_mut(symbol);
            if info.kind == BindingKind::FunctionName {
                info.initialised = (0, 0);
                info.known = Some(function);
            }
        }
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        let scope = it.scope_id.get().expect("the checker has made the scopes");
        let created = (it.span.start, 0);
        let function = self.enter_function(FunctionKind::Arrow, scope, it.span, created, &it.params, |w| {
            walk::walk_arrow_function_expression(w, it);
        });
        self.suspending(function, false, it.r#async);
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        self.visit_property_key(&it.key);
        self.next_kind = match it.kind {
            PropertyKind::Init if it.method => Some(FunctionKind::Method),
            PropertyKind::Init => None,
            PropertyKind::Get | PropertyKind::Set => Some(FunctionKind::Accessor),
        };
        if !matches!(it.value, Expression::FunctionExpression(_)) {
            self.next_kind = None;
        }
        self.visit_expression(&it.value);
        self.next_kind = None;
    }

    fn visit_object_expression(&mut self, it: &ObjectExpression<'a>) {
        self.object_literal(it);
    }

    fn visit_class(&mut self, it: &Class<'a>) {
        self.class(it);
    }

    fn visit_super(&mut self, it: &Super) {
        self.use_home(it.span.start);
    }

    fn visit_private_identifier(&mut self, it: &PrivateIdentifier<'a>) {
        self.use_private_name(it);
    }

    fn visit_statement(&mut self, it: &Statement<'a>) {
        self.statement_depth += 1;
        walk::walk_statement(self, it);
        self.statement_depth -= 1;
    }

    fn visit_block_statement(&mut self, it: &BlockStatement<'a>) {
        self.in_block(it.span.start, |w| walk::walk_block_statement(w, it));
    }

    fn visit_switch_statement(&mut self, it: &SwitchStatement<'a>) {
        self.switch_scopes.extend(it.scope_id.get());
        self.visit_expression(&it.discriminant);
        self.in_block(it.discriminant.span().end, |w| {
            for case in &it.cases {
                w.visit_switch_case(case);
            }
        });
    }

    fn visit_while_statement(&mut self, it: &WhileStatement<'a>) {
        self.in_loop(it.span, |w| walk::walk_while_statement(w, it));
    }

    fn visit_do_while_statement(&mut self, it: &DoWhileStatement<'a>) {
        self.in_loop(it.span, |w| walk::walk_do_while_statement(w, it));
    }

    fn visit_for_statement(&mut self, it: &ForStatement<'a>) {
        // The initialisation runs once, but its variables belong to the loop.
        if let Some(init) = &it.init {
            self.visit_for_statement_init(init);
        }
        self.in_loop(it.span, |w| {
            // What follows the initialisation is not at the function's top level any more.
            w.statement_depth += 1;
            if let Some(test) = &it.test {
                w.visit_expression(test);
            }
            if let Some(update) = &it.update {
                w.visit_expression(update);
            }
            w.visit_statement(&it.body);
            w.statement_depth -= 1;
        });
    }

    fn visit_for_in_statement(&mut self, it: &ForInStatement<'a>) {
        self.in_loop(it.span, |w| w.for_each(&it.left, &it.right, &it.body));
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        self.in_loop(it.span, |w| w.for_each(&it.left, &it.right, &it.body));
    }

    fn visit_variable_declaration(&mut self, it: &VariableDeclaration<'a>) {
        let outer = std::mem::replace(&mut self.declaration_kind, it.kind);
        walk::walk_variable_declaration(self, it);
        self.declaration_kind = outer;
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        let kind = self.declaration_kind;
        let assigned_by_loop = self.declared_end;
        let end = assigned_by_loop.unwrap_or(it.span.end);
        if it.init.is_some() || assigned_by_loop.is_some() || !kind.is_var() {
            self.declare_pattern(&it.id, None, (end, 0));
        }
        if kind.is_var() {
            for ident in it.id.get_binding_identifiers() {
                let Some(id) = ident.symbol_id.get() else { continue };
                let conflict = match self.scopes.symbol(id).kind {
                    BindingKind::Catch => true,
                    BindingKind::Param => self.scopes.function(self.current).closure_in_params,
                    _ => false,
                };
                if conflict {
                    self.scopes.var_conflicts.push((id, ident.span));
                }
            }
        }
        if let BindingPattern::BindingIdentifier(ident) = &it.id
            && let Some(symbol) = ident.symbol_id.get()
        {
            match &it.init {
                Some(Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_)) => {
                    self.candidates.insert(symbol, FuncId(self.scopes.functions.len() as u32));
                }
                Some(init) if kind.is_const() => {
                    if let Some(literal) = Literal::of(init) {
                        self.literals.insert(symbol, literal);
                    }
                }
                _ => {}
            }
        }
        let outer = self.declared_end.take();
        walk::walk_variable_declarator(self, it);
        self.declared_end = outer;
    }

    fn visit_catch_clause(&mut self, it: &CatchClause<'a>) {
        if let Some(param) = &it.param {
            self.declare_pattern(&param.pattern, None, (param.span.end, 0));
        }
        walk::walk_catch_clause(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        if let AssignmentTarget::StaticMemberExpression(member) = &it.left {
            self.note_properties(&member.object, member.property.name.as_str());
        }
        self.with_write_end(it.span.end, |w| w.visit_assignment_target(&it.left));
        self.visit_expression(&it.right);
    }

    fn visit_update_expression(&mut self, it: &UpdateExpression<'a>) {
        self.with_write_end(it.span.end, |w| walk::walk_update_expression(w, it));
    }

    fn visit_binary_expression(&mut self, it: &BinaryExpression<'a>) {
        if it.operator == BinaryOperator::Instanceof {
            self.harmless_function = Some(it.right.span().start);
        }
        walk::walk_binary_expression(self, it);
    }

    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        self.evaluates |= EVALUATING.contains(&it.value.as_str());
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        self.evaluates |= EVALUATING.contains(&it.property.name.as_str());
        if it.property.name == "prototype" {
            self.harmless_function = Some(it.object.span().start);
        }
        if it.property.name == "prototype" {
            self.note_constructor(&it.object);
        } else if it.property.name == "getOwnPropertySymbols" {
            self.scopes.custom_iterators = true;
        } else if PUTTING_OFF.contains(&it.property.name.as_str()) {
            self.scopes.puts_off = true;
        }
        walk::walk_static_member_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        self.note_constructor(&it.callee);
        walk::walk_new_expression(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if matches!(it.callee, Expression::Super(_)) {
            self.use_outer_value(Captured::This);
            self.use_outer_value(Captured::NewTarget);
            self.use_outer_value(Captured::Constructor);
            self.super_call();
            for argument in &it.arguments {
                self.visit_argument(argument);
            }
            return;
        }
        if self.scopes.is_global_object_idiom(self.scoping, it) {
            self.uses_global_object();
            return;
        }
        if let Expression::Identifier(ident) = &it.callee
            && !it.optional
            && !it.arguments.iter().any(Argument::is_spread)
        {
            self.callee = Some(ident.span.start);
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_this_expression(&mut self, _: &ThisExpression) {
        self.use_outer_value(Captured::This);
    }

    fn visit_new_target(&mut self, _: &NewTarget) {
        self.use_outer_value(Captured::NewTarget);
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        let Some(reference) = it.reference_id.get().map(|id| self.scoping.get_reference(id)) else { return };
        let callee = self.callee.take() == Some(it.span.start);
        let Some(symbol) = self.scopes.resolve(self.scoping, it) else {
            let name = display_name(it.name.as_str());
            if name == "arguments" && it.name.contains(MARK) {
                return;
            }
            if name == "arguments" && self.scopes.function(self.this_function()).kind != FunctionKind::Script
            {
                self.use_outer_value(Captured::Arguments);
            } else if name == "globalThis" {
                self.uses_global_object();
            } else if EVALUATING.contains(&name) {
                self.evaluates |= self.harmless_function != Some(it.span.start);
            } else if name == "Symbol" {
                self.scopes.custom_iterators = true;
            } else if PUTTING_OFF.contains(&name) {
                self.scopes.puts_off = true;
            } else if reference.is_write() && GLOBALS.iter().any(|g| g.name == name && g.writable) {
                self.scopes.assigned_builtins.insert(name.to_string());
            }
            return;
        };
        if let Some((_, cell)) = self.inner_names.iter().find(|(name, _)| *name == symbol).copied() {
            self.scopes.synthetic_uses.insert(it.span.start, cell);
            self.use_synthetic(cell);
            return;
        }
        let constant =
            matches!(self.scopes.symbol(symbol).kind, BindingKind::Const | BindingKind::FunctionName);
        if reference.is_write() && !constant {
            let settled = (self.settled_end(symbol, self.write_end), 0);
            let info = self.symbol_mut(symbol);
            info.assignments += 1;
            info.settled = info.settled.max(settled);
        }
        self.uses.push(Use {
            symbol,
            function: self.current,
            offset: it.span.start,
            callee,
            write: reference.is_write(),
        });
    }
}

impl Walker<'_> {
    fn for_each<'a>(&mut self, left: &ForStatementLeft<'a>, right: &Expression<'a>, body: &Statement<'a>) {
        self.declared_end = Some(right.span().end);
        self.statement_depth += 1;
        self.with_write_end(right.span().end, |w| w.visit_for_statement_left(left));
        self.declared_end = None;
        self.visit_expression(right);
        self.visit_statement(body);
        self.statement_depth -= 1;
    }
}

/// End of the top-level statements that can not call any function of the program.
fn inert_prefix(program: &Program<'_>) -> u32 {
    let mut end = 0;
    for statement in &program.body {
        match statement {
            Statement::FunctionDeclaration(_) | Statement::EmptyStatement(_) => {}
            Statement::VariableDeclaration(declaration) => {
                for declarator in &declaration.declarations {
                    if !declarator.id.is_binding_identifier()
                        || !declarator.init.as_ref().is_none_or(is_inert)
                    {
                        return end;
                    }
                    end = declarator.span.end;
                }
            }
            _ => return end,
        }
        end = statement.span().end;
    }
    end
}

/// Whether evaluating the expression runs no function of the program.
fn is_inert(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_) => true,
        Expression::ArrayExpression(array) => {
            array.elements.iter().all(|e| e.is_elision() || e.as_expression().is_some_and(is_inert))
        }
        Expression::ObjectExpression(object) => object.properties.iter().all(|p| match p {
            ObjectPropertyKind::ObjectProperty(p) => !p.computed && is_inert(&p.value),
            ObjectPropertyKind::SpreadProperty(_) => false,
        }),
        // What the linker puts first makes objects, and nothing else.
        Expression::CallExpression(call) => {
            matches!(&call.callee, Expression::Identifier(callee) if callee.name.starts_with('%'))
                && call.arguments.iter().all(|a| a.as_expression().is_some_and(is_inert))
        }
        other => Literal::of(other).is_some(),
    }
}

/// The bindings of modules, by what says which they are.
fn linked_names(scoping: &Scoping) -> HashMap<String, SymbolId> {
    scoping
        .symbol_ids()
        .filter_map(|id| {
            let (_, key) = scoping.symbol_name(id).split_once(MARK)?;
            Some((key.to_string(), id))
        })
        .collect()
}
