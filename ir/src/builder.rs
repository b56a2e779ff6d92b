//! SSA construction.
//!
//! The producer names variables and blocks; the builder finds the SSA values, with block parameters where control
//! flow meets. Algorithm: M. Braun et al., "Simple and Efficient Construction of Static Single Assignment Form",
//! CC 2013, with block parameters in place of phis. A block is *sealed* when all of its predecessors are known;
//! reading a variable in an unsealed block adds a parameter whose arguments are filled in when it is sealed.
//! Parameters that turn out to be trivial are removed by [`crate::passes`].
use crate::module::{BlockCall, Function, Imm, Module};
use crate::op::{Op, Terminator};
use crate::types::{Block, Inst, SourceLoc, Type, Value};
use std::collections::HashMap;

/// A source variable of the function that is being built; all variables have type `val`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Variable(pub u32);

#[derive(Default)]
struct BlockState {
    sealed: bool,
    /// Predecessor block and which successor edge of it (0 or 1) leads here.
    predecessors: Vec<(Block, usize)>,
    definitions: HashMap<Variable, Value>,
    /// Parameters whose arguments are not known yet.
    incomplete: Vec<(Variable, Value)>,
}

/// Builds one function.
pub struct FunctionBuilder {
    /// The function so far.
    pub function: Function,
    blocks: Vec<BlockState>,
    current: Option<Block>,
    /// Position given to new instructions.
    pub loc: SourceLoc,
    variables: u32,
}

impl FunctionBuilder {
    /// Starts with the entry block as the current one, sealed.
    pub fn new(function: Function) -> FunctionBuilder {
        let blocks = function.blocks.iter().map(|_| BlockState::default()).collect();
        let loc = function.loc;
        let mut builder =
            FunctionBuilder { function, blocks, current: Some(Function::ENTRY), loc, variables: 0 };
        builder.blocks[0].sealed = true;
        builder
    }

    /// A new variable.
    pub fn variable(&mut self) -> Variable {
        self.variables += 1;
        Variable(self.variables - 1)
    }

    /// A new block, not sealed.
    pub fn block(&mut self) -> Block {
        self.blocks.push(BlockState::default());
        self.function.add_block()
    }

    /// The block that instructions go to; `None` after a terminator.
    pub fn current(&self) -> Option<Block> {
        self.current
    }

    /// Whether code emitted now can not be reached (there is no current block, or it has no predecessor).
    pub fn is_unreachable(&self) -> bool {
        match self.current {
            None => true,
            Some(b) => {
                b != Function::ENTRY
                    && self.blocks[b.index()].sealed
                    && self.blocks[b.index()].predecessors.is_empty()
            }
        }
    }

    /// Continues in this block.
    pub fn switch_to(&mut self, block: Block) {
        assert!(self.function.block(block).terminator.is_none(), "{block} has ended already");
        self.current = Some(block);
    }

    /// Declares that no more predecessors of the block will come.
    pub fn seal(&mut self, block: Block) {
        let state = &mut self.blocks[block.index()];
        if state.sealed {
            return;
        }
        state.sealed = true;
        for (variable, param) in std::mem::take(&mut self.blocks[block.index()].incomplete) {
            self.add_arguments(block, variable, param);
        }
    }

    /// The op that a value is the result of; `None` for a block's parameter.
    pub fn defining_op(&self, value: Value) -> Option<Op> {
        match self.function.values[value.index()].def {
            crate::module::ValueDef::Result(inst) => Some(self.function.inst(inst).op),
            crate::module::ValueDef::Param(..) => None,
        }
    }

    /// Adds an instruction; returns its result. `module` gives types to direct calls and module variables.
    /// After a terminator (dead code), the instruction goes to a fresh block without predecessors.
    pub fn emit(&mut self, module: &Module, op: Op, args: &[Value], imm: Imm) -> Option<Value> {
        let ty = module.result_type(op, &imm);
        let inst = self.emit_typed(op, args, imm, ty);
        self.function.inst(inst).result
    }

    /// Adds an instruction with a given result type.
    pub fn emit_typed(&mut self, op: Op, args: &[Value], imm: Imm, ty: Option<Type>) -> Inst {
        let block = self.ensure_block();
        let inst = self.function.make_inst(op, args.to_vec(), imm, ty, self.loc);
        self.function.blocks[block.index()].insts.push(inst);
        inst
    }

    /// The current block, or a fresh unreachable one.
    pub fn ensure_block(&mut self) -> Block {
        match self.current {
            Some(block) => block,
            None => {
                let block = self.block();
                self.seal(block);
                self.current = Some(block);
                block
            }
        }
    }

    /// Ends the current block. Block arguments given in the terminator come before those that variables need, so
    /// explicit parameters must be added to a block before any variable is read in it.
    pub fn terminate(&mut self, terminator: Terminator) {
        let block = self.ensure_block();
        for (edge, call) in terminator.successors().enumerate() {
            let target = &mut self.blocks[call.block.index()];
            assert!(!target.sealed, "new predecessor of the sealed {}", call.block);
            target.predecessors.push((block, edge));
        }
        let data = &mut self.function.blocks[block.index()];
        data.terminator = Some(terminator);
        data.loc = self.loc;
        self.current = None;
    }

    /// Ends the current block with a jump.
    pub fn jump(&mut self, block: Block) {
        self.terminate(Terminator::Jump(BlockCall::new(block)));
    }

    /// Ends the current block with a branch.
    pub fn branch(&mut self, cond: Value, then: Block, otherwise: Block) {
        self.terminate(Terminator::Branch {
            cond,
            then: BlockCall::new(then),
            otherwise: BlockCall::new(otherwise),
        });
    }

    /// Ends the current block, whose last instruction may throw, with a normal continuation (which becomes the
    /// current block) and a handler.
    pub fn exit_to(&mut self, handler: Block) {
        let next = self.block();
        self.terminate(Terminator::Exit { next: BlockCall::new(next), exit: BlockCall::new(handler) });
        self.seal(next);
        self.switch_to(next);
    }

    /// Assigns a variable.
    pub fn define(&mut self, variable: Variable, value: Value) {
        let block = self.ensure_block();
        self.blocks[block.index()].definitions.insert(variable, value);
    }

    /// Reads a variable. A variable that was never assigned on some path is `undefined` there.
    pub fn read(&mut self, variable: Variable) -> Value {
        let block = self.ensure_block();
        self.read_in(block, variable)
    }

    fn read_in(&mut self, block: Block, variable: Variable) -> Value {
        // Walks up chains of single predecessors in a loop, so that long straight-line programs do not use up
        // the stack.
        let mut chain = Vec::new();
        let mut at = block;
        let value = loop {
            if let Some(value) = self.blocks[at.index()].definitions.get(&variable) {
                break *value;
            }
            let state = &self.blocks[at.index()];
            if state.sealed && state.predecessors.len() == 1 {
                let predecessor = state.predecessors[0].0;
                chain.push(at);
                at = predecessor;
                continue;
            }
            if state.sealed && state.predecessors.is_empty() {
                let inst = self.function.make_inst(
                    Op::Const,
                    Vec::new(),
                    Imm::Const(crate::module::Const::Undefined),
                    Some(Type::Val),
                    self.loc,
                );
                self.function.blocks[at.index()].insts.insert(0, inst);
                let value = self.function.inst(inst).result.expect("a constant has a result");
                self.blocks[at.index()].definitions.insert(variable, value);
                break value;
            }
            let sealed = state.sealed;
            let param = self.function.add_block_param(at, Type::Val);
            self.blocks[at.index()].definitions.insert(variable, param);
            if sealed {
                self.add_arguments(at, variable, param);
            } else {
                self.blocks[at.index()].incomplete.push((variable, param));
            }
            break param;
        };
        for passed in chain {
            self.blocks[passed.index()].definitions.insert(variable, value);
        }
        value
    }

    /// Gives the parameter `param` of `block` its argument on every edge.
    fn add_arguments(&mut self, block: Block, variable: Variable, _param: Value) {
        let predecessors = self.blocks[block.index()].predecessors.clone();
        for (predecessor, edge) in predecessors {
            let value = self.read_in(predecessor, variable);
            let terminator = self.function.blocks[predecessor.index()]
                .terminator
                .as_mut()
                .expect("a predecessor has ended");
            let call = terminator.successors_mut().nth(edge).expect("the edge exists");
            call.args.push(value);
        }
    }

    /// Ends construction. All blocks must be sealed.
    pub fn finish(mut self) -> Function {
        for (i, state) in self.blocks.iter().enumerate() {
            assert!(state.sealed, "block{i} is not sealed");
        }
        for block in &mut self.function.blocks {
            if block.terminator.is_none() {
                block.terminator = Some(Terminator::Unreachable);
            }
        }
        self.function
    }
}
