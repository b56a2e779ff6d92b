//! Lowering: from the syntax tree to the IR.
//!
//! One function of the source becomes one function of the module, with the same number. Evaluation order is the
//! standard's; what is refused never gets here (see [`crate::subset`]).
//!
//! Code that can not be reached is not lowered: a statement after a `return` makes no blocks, and edges from dead
//! expressions are dropped, so every edge in the result starts in a block that can be reached.
mod assign;
mod binding;
mod call;
mod class;
mod coroutine;
mod expr;
mod function;
mod iteration;
mod jumps;
mod loops;
mod object;
mod operators;
mod pattern;
mod stmt;

use crate::diagnostics::{self, Diagnostic};
use crate::literal::Literal;
use crate::scope::{Captured, Scopes, SyntheticId, display_name};
use crate::source::{LineTable, Positions};
use crate::subset;
use jerboa_abi::builtins::{NativeId, intrinsic_number};
use jerboa_ir::builder::{FunctionBuilder, Variable};
use jerboa_ir::op::{ErrorKind, Op, Terminator};
use jerboa_ir::{Block, BlockCall, Const, FuncId, GlobalId, Imm, Module, SourceLoc, StrId, Value};
use oxc_ast::ast::*;
use oxc_semantic::Scoping;
use oxc_span::Span;
use oxc_syntax::symbol::SymbolId;
use std::collections::{HashMap, VecDeque};

/// Lowers a checked program. `files` are the name and the text of each source that `positions` tells of.
pub fn lower<'a>(
    files: &[(&'a str, &'a str)],
    positions: &'a Positions,
    program: &'a Program<'a>,
    scoping: &'a Scoping,
    scopes: Scopes,
) -> Result<Module, Vec<Diagnostic>> {
    let mut module = Module::default();
    module.open_world = scopes.open_world;
    let lines = files.iter().map(|(name, text)| LineTable::new(module.add_file(*name), text)).collect();
    let mut lowering = Lowering {
        module,
        scopes,
        scoping,
        lines,
        positions,
        globals: HashMap::new(),
        synthetic_globals: HashMap::new(),
        queued: Vec::new(),
        pending: VecDeque::new(),
        refused: Vec::new(),
    };
    lowering.declare_functions();
    lowering.enqueue(FuncId(0), Code::Script(program));
    while let Some((id, code)) = lowering.pending.pop_front() {
        lowering.function(id, code);
    }
    lowering.stub_unreached();
    if lowering.refused.is_empty() { Ok(lowering.module) } else { Err(lowering.refused) }
}

/// The code of a function.
#[derive(Clone, Copy)]
enum Code<'a> {
    Script(&'a Program<'a>),
    Function(&'a Function<'a>),
    Arrow(&'a ArrowFunctionExpression<'a>),
    Constructor(&'a Class<'a>),
    StaticInitialiser(&'a Class<'a>),
    InstanceInitialiser(&'a Class<'a>),
}

/// State for the whole module.
struct Lowering<'a> {
    module: Module,
    scopes: Scopes,
    scoping: &'a Scoping,
    /// Of each file.
    lines: Vec<LineTable<'a>>,
    positions: &'a Positions,
    globals: HashMap<SymbolId, GlobalId>,
    synthetic_globals: HashMap<SyntheticId, GlobalId>,
    /// Which functions have been put in the queue.
    queued: Vec<bool>,
    pending: VecDeque<(FuncId, Code<'a>)>,
    refused: Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    fn enqueue(&mut self, id: FuncId, code: Code<'a>) {
        if !std::mem::replace(&mut self.queued[id.index()], true) {
            self.pending.push_back((id, code));
        }
    }

    fn loc(&self, offset: u32) -> SourceLoc {
        let (source, offset) = self.positions.original(offset);
        self.lines[source].loc(offset)
    }

    fn synthetic_global(&mut self, id: SyntheticId) -> GlobalId {
        let globals = &mut self.module.globals;
        *self.synthetic_globals.entry(id).or_insert_with(|| {
            let ty = jerboa_ir::Type::Val;
            globals.push(jerboa_ir::Global { name: "class".to_string(), ty });
            GlobalId(globals.len() as u32 - 1)
        })
    }

    fn global(&mut self, symbol: SymbolId) -> GlobalId {
        if let Some(id) = self.globals.get(&symbol) {
            return *id;
        }
        let id = GlobalId(self.module.globals.len() as u32);
        let name = display_name(self.scoping.symbol_name(symbol)).to_string();
        self.module.globals.push(jerboa_ir::Global { name, ty: jerboa_ir::Type::Val });
        self.globals.insert(symbol, id);
        id
    }
}

/// What a jump out of a statement has to pass.
enum Frame<'a> {
    /// A statement that `break` or `continue` can name.
    Target {
        labels: Vec<&'a str>,
        /// Where `break` goes.
        breaks: Option<Block>,
        /// Where `continue` goes.
        continues: Option<Block>,
        /// Whether a `break` without label means it.
        unlabelled: bool,
    },
    /// The body of a `for`-`of`: leaving it closes the iteration.
    Iteration {
        state: Value,
        /// The handler around the loop.
        handler: Option<Block>,
        /// Whether it is a `for await`.
        awaits: bool,
    },
    /// A block with a `finally`.
    Finally(jumps::Finally),
}

/// Where `this` of a derived constructor is.
#[derive(Clone, Copy)]
enum DerivedThis {
    /// Arrow functions share it.
    Cell(Value),
    Variable(Variable),
}

/// State for the function being lowered.
struct FunctionLowering<'l, 'a> {
    cx: &'l mut Lowering<'a>,
    id: FuncId,
    b: FunctionBuilder,
    /// The SSA variable of each local binding: its value, or its cell.
    variables: HashMap<SymbolId, Variable>,
    /// Captured values and cells.
    captured: HashMap<Captured, Value>,
    callee: Option<Value>,
    this: Option<Value>,
    arguments: Option<Value>,
    new_target: Option<Value>,
    /// `this` of a derived constructor, which starts without a value.
    derived_this: Option<DerivedThis>,
    /// Values without a name in the source that belong to this function.
    synthetics: HashMap<SyntheticId, Value>,
    /// The class whose constructor this is, if it has fields to initialise.
    fields_of: Option<&'a Class<'a>>,
    /// Where exceptions go; `None`: out of the function.
    handler: Option<Block>,
    frames: Vec<Frame<'a>>,
    /// Labels of the statement that comes next.
    labels: Vec<&'a str>,
    /// Where the optional chains around the current expression end early.
    chains: Vec<Block>,
    /// The value that the code will have if it ends here, if anybody asks for it.
    completion: Option<Variable>,
}

impl<'a> FunctionLowering<'_, 'a> {
    /// Gives the next instructions a position.
    fn at(&mut self, offset: u32) {
        self.b.loc = self.cx.loc(offset);
    }

    /// Whether code here can not be reached.
    fn dead(&self) -> bool {
        self.b.is_unreachable()
    }

    /// Adds an instruction that may have a result. If it may throw inside a `try`, it ends its block.
    fn effect(&mut self, op: Op, args: &[Value], imm: Imm) -> Option<Value> {
        let result = self.b.emit(&self.cx.module, op, args, imm);
        if op.info().effects.throws
            && let Some(handler) = self.handler
            && !self.dead()
        {
            self.b.exit_to(handler);
        }
        result
    }

    /// Adds an instruction with a result.
    fn op(&mut self, op: Op, args: &[Value], imm: Imm) -> Value {
        self.effect(op, args, imm).expect("the op has a result")
    }

    fn op0(&mut self, op: Op, args: &[Value]) -> Value {
        self.op(op, args, Imm::None)
    }

    /// Calls a function of the runtime that programs can not name.
    fn intrinsic(&mut self, id: NativeId, arguments: &[Value]) -> Value {
        let callee = self.op(Op::Builtin, &[], Imm::Builtin(intrinsic_number(id)));
        let this = self.undefined();
        let operands = [&[callee, this], arguments].concat();
        self.op0(Op::Call, &operands)
    }

    /// Whether a value is a global built-in, by its name.
    fn is_builtin(&self, value: Value) -> bool {
        self.b.defining_op(value) == Some(Op::Builtin)
    }

    fn constant(&mut self, value: Const) -> Value {
        self.op(Op::Const, &[], Imm::Const(value))
    }

    fn undefined(&mut self) -> Value {
        self.constant(Const::Undefined)
    }

    fn number(&mut self, value: f64) -> Value {
        self.constant(Const::Number(value))
    }

    fn literal(&mut self, literal: &Literal) -> Value {
        let value = match literal {
            Literal::Null => Const::Null,
            Literal::Bool(b) => Const::Bool(*b),
            Literal::Number(n) => Const::Number(*n),
            Literal::Str(bytes) => Const::Str(self.cx.module.intern(bytes)),
        };
        self.constant(value)
    }

    fn intern(&mut self, text: &str) -> StrId {
        self.cx.module.intern(text.as_bytes())
    }

    /// Ends a dead block.
    fn finish_dead(&mut self) {
        if self.b.current().is_some() {
            self.b.terminate(Terminator::Unreachable);
        }
    }

    fn jump(&mut self, block: Block) {
        if self.dead() { self.finish_dead() } else { self.b.jump(block) }
    }

    fn branch(&mut self, cond: Value, then: Block, otherwise: Block) {
        if self.dead() { self.finish_dead() } else { self.b.branch(cond, then, otherwise) }
    }

    /// Continues in a block all of whose predecessors are known.
    fn continue_in(&mut self, block: Block) {
        self.b.seal(block);
        self.b.switch_to(block);
    }

    fn throw_value(&mut self, value: Value) {
        if self.dead() {
            self.finish_dead();
        } else {
            let handler = self.handler.map(BlockCall::new);
            self.b.terminate(Terminator::Throw { value, handler });
        }
    }

    /// Throws a new error; what follows is dead.
    fn throw_error(&mut self, kind: ErrorKind, message: &str) {
        let message = self.intern(message);
        self.effect(Op::ThrowError, &[], Imm::Error(kind, message));
        self.b.terminate(Terminator::Unreachable);
    }

    /// The same in the place of a value.
    fn throw_error_value(&mut self, kind: ErrorKind, message: &str) -> Value {
        self.throw_error(kind, message);
        self.undefined()
    }

    /// The answer to a construct that the subset check should have refused.
    fn refuse(&mut self, span: Span, construct: &str) -> Value {
        let place = subset::place(self.cx.positions, span);
        self.cx.refused.push(diagnostics::unsupported(place, construct));
        self.undefined()
    }

    /// Text of an expression in a message about the value at the current position.
    fn note_text(&mut self, text: String) {
        let id = self.cx.module.intern(text.as_bytes());
        self.cx.module.expression_texts.insert((self.id, self.b.loc), id);
    }
}
