//! Modules and functions.
use crate::op::{ErrorKind, FloatCond, IntCond, Op, Terminator};
use crate::types::{Block, FileId, FuncId, GlobalId, Inst, SourceLoc, StrId, Type, Value};
use std::collections::HashMap;

/// A constant JavaScript value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Const {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// No value: uninitialised binding, array hole.
    Empty,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    Str(StrId),
}

/// What an instruction carries beside its operands.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs, reason = "see ImmKind")]
pub enum Imm {
    None,
    I32(i32),
    F64(f64),
    Bool(bool),
    Const(Const),
    Str(StrId),
    Keys(Vec<StrId>),
    Func(FuncId),
    Global(GlobalId),
    Index(u32),
    Builtin(u16),
    IntCond(IntCond),
    FloatCond(FloatCond),
    Error(ErrorKind, StrId),
}

/// An instruction.
#[derive(Clone, PartialEq, Debug)]
pub struct InstData {
    /// What it does.
    pub op: Op,
    /// Its operands.
    pub args: Vec<Value>,
    /// Its immediate.
    pub imm: Imm,
    /// Its result.
    pub result: Option<Value>,
    /// Where it comes from.
    pub loc: SourceLoc,
}

/// A block with the values for its parameters.
#[derive(Clone, PartialEq, Debug)]
pub struct BlockCall {
    /// The block.
    pub block: Block,
    /// One value for each of its parameters.
    pub args: Vec<Value>,
}

impl BlockCall {
    /// A target without arguments.
    pub fn new(block: Block) -> BlockCall {
        BlockCall { block, args: Vec::new() }
    }
}

/// A block.
#[derive(Clone, PartialEq, Debug)]
pub struct BlockData {
    /// Parameters, defined at its start.
    pub params: Vec<Value>,
    /// Instructions in order.
    pub insts: Vec<Inst>,
    /// How it ends; `None` only while it is being built.
    pub terminator: Option<Terminator>,
    /// Position of the terminator.
    pub loc: SourceLoc,
}

/// What defines a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueDef {
    /// An instruction's result.
    Result(Inst),
    /// A block's parameter.
    Param(Block, u32),
}

/// A value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ValueData {
    /// Its type.
    pub ty: Type,
    /// Its definition.
    pub def: ValueDef,
}

/// What a parameter of a compiled function stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ParamKind {
    /// The closure itself (to reach captured values).
    Callee,
    /// `this`.
    This,
    /// Positional argument, from 0.
    Arg(u32),
    /// Array of the arguments from a position on.
    Rest(u32),
    /// The arguments object.
    Arguments,
    /// `new.target`.
    NewTarget,
}

/// A parameter of a function's signature.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Param {
    /// What it stands for.
    pub kind: ParamKind,
    /// Its type; all but `Arg` are [`Type::Val`].
    pub ty: Type,
}

/// Parameters and result of a function. The parameters are those of the entry block, in the order Callee, This, Arg(0)…,
/// Rest, Arguments, NewTarget, each only if the function uses it; but the positional ones are always all there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// The parameters.
    pub params: Vec<Param>,
    /// The result type.
    pub result: Type,
}

impl Signature {
    /// The most parameters of a function that calls name, instead of going through a value: unboxed, they must be within
    /// reach of bytecode's operands.
    pub const MAX_DIRECT: usize = 24;
}

/// Properties of a function that JavaScript can see, or that its callers rely on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FunctionFlags {
    /// Can be called with `new`; has a `prototype`.
    pub constructor: bool,
    /// Likely used as a constructor or given properties: its closures get a property word.
    pub has_properties: bool,
    /// A generator function: its `prototype` is what its generators inherit from.
    pub generator: bool,
    /// An asynchronous function, or generator function.
    pub is_async: bool,
    /// The constructor of a class: its `prototype` is read-only.
    pub class: bool,
    /// The constructor of a derived class: `new` makes no object for it, it makes its own by calling the parent constructor, and
    /// always returns an object.
    pub derived: bool,
    /// Its closure is created at most once in a run. If it has no captures, its `closure` ops may stand anywhere, and all
    /// give that one object. Of any other function, each execution of a `closure` op makes a new object.
    pub single: bool,
}

/// A function.
#[derive(Clone, PartialEq, Debug)]
pub struct Function {
    /// Name as JavaScript sees it (property `name`, stack traces).
    pub name: Option<StrId>,
    /// Value of the property `length`.
    pub length: u32,
    /// Parameters and result.
    pub signature: Signature,
    /// Flags.
    pub flags: FunctionFlags,
    /// Number of values that its closures capture.
    pub captures: u32,
    /// Position of the function in the source.
    pub loc: SourceLoc,
    /// Entry block first. A block that is not reachable may have no terminator and no instructions.
    pub blocks: Vec<BlockData>,
    /// Instructions, in no particular order.
    pub insts: Vec<InstData>,
    /// Values.
    pub values: Vec<ValueData>,
}

impl Function {
    /// A function with its entry block, whose parameters are those of the signature.
    pub fn new(name: Option<StrId>, signature: Signature, loc: SourceLoc) -> Function {
        let mut function = Function {
            name,
            length: 0,
            signature,
            flags: FunctionFlags::default(),
            captures: 0,
            loc,
            blocks: Vec::new(),
            insts: Vec::new(),
            values: Vec::new(),
        };
        let entry = function.add_block();
        for i in 0..function.signature.params.len() {
            let ty = function.signature.params[i].ty;
            function.add_block_param(entry, ty);
        }
        function
    }

    /// The entry block.
    pub const ENTRY: Block = Block(0);

    /// The block that has an instruction, and its place there.
    pub fn place_of(&self, inst: Inst) -> Option<(Block, usize)> {
        let mut blocks = self.blocks.iter().enumerate();
        blocks.find_map(|(b, block)| Some((Block(b as u32), block.insts.iter().position(|i| *i == inst)?)))
    }

    /// Takes an instruction out of its block and makes what follows it a block of its own, whose parameter is the instruction's
    /// result. Gives the first block, which has no terminator any more, and the second.
    pub fn cut_at(&mut self, inst: Inst) -> Option<(Block, Block)> {
        let (home, at) = self.place_of(inst)?;
        let rest = self.add_block();
        let first = &mut self.blocks[home.index()];
        let insts = first.insts.split_off(at + 1);
        first.insts.pop();
        let (terminator, loc) = (first.terminator.take(), first.loc);
        let second = &mut self.blocks[rest.index()];
        (second.insts, second.terminator, second.loc) = (insts, terminator, loc);
        if let Some(result) = self.inst(inst).result {
            self.values[result.index()].def = ValueDef::Param(rest, 0);
            self.blocks[rest.index()].params.push(result);
        }
        Some((home, rest))
    }

    /// Adds an empty block.
    pub fn add_block(&mut self) -> Block {
        self.blocks.push(BlockData {
            params: Vec::new(),
            insts: Vec::new(),
            terminator: None,
            loc: SourceLoc::UNKNOWN,
        });
        Block(self.blocks.len() as u32 - 1)
    }

    /// Adds a parameter to a block.
    pub fn add_block_param(&mut self, block: Block, ty: Type) -> Value {
        let index = self.blocks[block.index()].params.len() as u32;
        let value = self.add_value(ty, ValueDef::Param(block, index));
        self.blocks[block.index()].params.push(value);
        value
    }

    /// Adds a value.
    pub fn add_value(&mut self, ty: Type, def: ValueDef) -> Value {
        self.values.push(ValueData { ty, def });
        Value(self.values.len() as u32 - 1)
    }

    /// Makes an instruction that is in no block yet. `result` is its result type, if it has one.
    pub fn make_inst(
        &mut self,
        op: Op,
        args: Vec<Value>,
        imm: Imm,
        result: Option<Type>,
        loc: SourceLoc,
    ) -> Inst {
        let inst = Inst(self.insts.len() as u32);
        let result = result.map(|ty| self.add_value(ty, ValueDef::Result(inst)));
        self.insts.push(InstData { op, args, imm, result, loc });
        inst
    }

    /// Type of a value.
    pub fn ty(&self, value: Value) -> Type {
        self.values[value.index()].ty
    }

    /// Data of a block.
    pub fn block(&self, block: Block) -> &BlockData {
        &self.blocks[block.index()]
    }

    /// Data of an instruction.
    pub fn inst(&self, inst: Inst) -> &InstData {
        &self.insts[inst.index()]
    }

    /// The instruction that a value is the result of.
    pub fn definition(&self, value: Value) -> Option<&InstData> {
        match self.values[value.index()].def {
            ValueDef::Result(inst) => Some(self.inst(inst)),
            ValueDef::Param(..) => None,
        }
    }

    /// The constant that a value is.
    pub fn constant(&self, value: Value) -> Option<Const> {
        match (self.definition(value)?.op, &self.definition(value)?.imm) {
            (Op::Const, Imm::Const(constant)) => Some(*constant),
            _ => None,
        }
    }

    /// The instructions that are in a block, which those that a pass has replaced are not.
    pub fn live_insts(&self) -> impl Iterator<Item = (Inst, &InstData)> {
        self.blocks.iter().flat_map(|block| &block.insts).map(|inst| (*inst, self.inst(*inst)))
    }

    /// How often each value is used.
    pub fn count_uses(&self) -> Vec<u32> {
        let mut uses = vec![0; self.values.len()];
        let mut note = |value: &Value| uses[value.index()] += 1;
        for block in &self.blocks {
            block.insts.iter().flat_map(|i| &self.inst(*i).args).for_each(&mut note);
            if let Some(terminator) = &block.terminator {
                terminator.operand().iter().for_each(&mut note);
                terminator.successors().flat_map(|call| &call.args).for_each(&mut note);
            }
        }
        uses
    }
}

impl Terminator {
    /// The blocks that may follow, in order.
    pub fn successors(&self) -> impl Iterator<Item = &BlockCall> {
        let (a, b) = match self {
            Terminator::Jump(t) => (Some(t), None),
            Terminator::Branch { then, otherwise, .. } => (Some(then), Some(otherwise)),
            Terminator::Exit { next, exit } => (Some(next), Some(exit)),
            Terminator::Throw { handler, .. } => (handler.as_ref(), None),
            Terminator::Return(_) | Terminator::Unreachable => (None, None),
        };
        a.into_iter().chain(b)
    }

    /// The same, to change them.
    pub fn successors_mut(&mut self) -> impl Iterator<Item = &mut BlockCall> {
        let (a, b) = match self {
            Terminator::Jump(t) => (Some(t), None),
            Terminator::Branch { then, otherwise, .. } => (Some(then), Some(otherwise)),
            Terminator::Exit { next, exit } => (Some(next), Some(exit)),
            Terminator::Throw { handler, .. } => (handler.as_mut(), None),
            Terminator::Return(_) | Terminator::Unreachable => (None, None),
        };
        a.into_iter().chain(b)
    }

    /// The operands that are not block arguments.
    pub fn operand(&self) -> Option<Value> {
        match self {
            Terminator::Branch { cond, .. } => Some(*cond),
            Terminator::Return(v) => Some(*v),
            Terminator::Throw { value, .. } => Some(*value),
            _ => None,
        }
    }

    /// The same, to change it.
    pub fn operand_mut(&mut self) -> Option<&mut Value> {
        match self {
            Terminator::Branch { cond, .. } => Some(cond),
            Terminator::Return(v) => Some(v),
            Terminator::Throw { value, .. } => Some(value),
            _ => None,
        }
    }
}

/// A module variable.
#[derive(Clone, PartialEq, Debug)]
pub struct Global {
    /// Its name, for people.
    pub name: String,
    /// Its type. A `val` starts as empty (uninitialised), numbers as 0.
    pub ty: Type,
}

/// A source file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceFile {
    /// As the user named it.
    pub name: String,
}

/// A call that was replaced by the body of its callee.
///
/// The instructions of that body keep their lines and columns, but where a [`SourceLoc`] has the number of its file, theirs have the number
/// of files plus the position of this in [`Module::inlined`]. So stack traces show the callee's frame all the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Inlined {
    /// Name of the callee.
    pub name: Option<StrId>,
    /// The file that the callee is in.
    pub file: FileId,
    /// The position of the call, which may be inlined itself: then in a call that stands before this in the list.
    pub call: SourceLoc,
}

/// A whole program.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Module {
    /// Source files.
    pub files: Vec<SourceFile>,
    /// Calls that the inliner has replaced.
    pub inlined: Vec<Inlined>,
    /// String constants (WTF-8), each once.
    pub strings: Vec<Vec<u8>>,
    /// Module variables.
    pub globals: Vec<Global>,
    /// Functions.
    pub functions: Vec<Function>,
    /// The function that runs the program: no parameters.
    pub entry: Option<FuncId>,
    /// Whether code that is not in this module may run with it: nothing but its own variables and functions is then known
    /// to stay as it is.
    pub open_world: bool,
    /// Texts for error messages at positions: the source text of a callee or of a property access (`a.b.c`),
    /// as it is to appear in "a.b.c is not a function".
    pub expression_texts: HashMap<(FuncId, SourceLoc), StrId>,
    string_ids: HashMap<Vec<u8>, StrId>,
}

impl Module {
    /// The id of a string constant, new or known.
    pub fn intern(&mut self, bytes: &[u8]) -> StrId {
        if let Some(id) = self.string_ids.get(bytes) {
            return *id;
        }
        let id = StrId(self.strings.len() as u32);
        self.strings.push(bytes.to_vec());
        self.string_ids.insert(bytes.to_vec(), id);
        id
    }

    /// The bytes (WTF-8) of a string constant.
    pub fn string(&self, id: StrId) -> &[u8] {
        &self.strings[id.index()]
    }

    /// A function.
    pub fn function(&self, id: FuncId) -> &Function {
        &self.functions[id.index()]
    }

    /// The only file of a module made of one file, or a new one.
    pub fn add_file(&mut self, name: impl Into<String>) -> FileId {
        self.files.push(SourceFile { name: name.into() });
        FileId(self.files.len() as u32 - 1)
    }

    /// Result type of an instruction with this op and immediate.
    pub fn result_type(&self, op: Op, imm: &Imm) -> Option<Type> {
        match (op, imm) {
            (Op::LoadGlobal, Imm::Global(g)) => Some(self.globals[g.index()].ty),
            (Op::CallDirect, Imm::Func(f)) => Some(self.functions[f.index()].signature.result),
            _ => op.info().result,
        }
    }
}
