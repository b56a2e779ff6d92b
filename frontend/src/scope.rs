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
mod visit;
mod walker;

pub use classes::{ClassInfo, SyntheticId, explicit_constructor, private_methods};
use walker::Walker;

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

impl FunctionInfo {
    /// What is known of a function before its code has been seen: it has no parameters, and asks for nothing.
    fn new(
        kind: FunctionKind,
        parent: Option<FuncId>,
        created: Moment,
        span: Span,
        scope: ScopeId,
    ) -> FunctionInfo {
        FunctionInfo {
            kind,
            parent,
            created,
            span,
            scope,
            params_span: Span::new(span.start, span.start),
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
            single: false,
            uses_callee: false,
            this_captured: false,
            coroutine: None,
        }
    }
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

/// Names that programs give to constructors which compile code and which the global scope does not have.
const FUNCTION_CONSTRUCTORS: &[&str] = &["AsyncFunction", "GeneratorFunction", "AsyncGeneratorFunction"];

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
