//! Variables and global names.
use super::*;
use crate::scope::{BindingKind, Storage};
use jerboa_abi::builtins::{GLOBALS, PropertyValue};

/// What an identifier means.
pub(super) enum Name {
    /// A binding of the program.
    Symbol(SymbolId),
    /// A class's own name inside of it: the cell, and the name.
    Class(SyntheticId, String),
    /// No binding of the program has this name.
    Global(String),
}

impl<'a> FunctionLowering<'_, 'a> {
    /// What an identifier means.
    pub(super) fn resolve(&self, ident: &IdentifierReference<'_>) -> Name {
        if let Some(cell) = self.cx.scopes.synthetic_uses.get(&ident.span.start) {
            return Name::Class(*cell, ident.name.to_string());
        }
        match self.cx.scopes.resolve(self.cx.scoping, ident) {
            Some(id) => Name::Symbol(id),
            // Without what says of which module it is.
            None => Name::Global(display_name(ident.name.as_str()).to_string()),
        }
    }

    /// Reads an identifier.
    pub(super) fn read_name(&mut self, ident: &IdentifierReference<'_>) -> Value {
        match self.resolve(ident) {
            Name::Symbol(id) => self.read_symbol(id, ident.span.start),
            Name::Class(cell, name) => self.read_class_name(cell, &name, ident.span.start),
            Name::Global(name) => self.read_global(&name, ident.span.start),
        }
    }

    /// Assigns to an identifier; `offset` is the identifier's.
    pub(super) fn write_name(&mut self, name: &Name, value: Value, offset: u32) {
        match name {
            Name::Symbol(id) => self.write_symbol(*id, value, offset),
            Name::Class(cell, name) => {
                self.read_class_name(*cell, name, offset);
                self.throw_error(ErrorKind::TypeError, "Assignment to constant variable.");
            }
            Name::Global(name) => self.write_global(name, value, offset),
        }
    }

    /// Reads a class's own name inside of it.
    pub(super) fn read_class_name(&mut self, cell: SyntheticId, name: &str, offset: u32) -> Value {
        self.at(offset);
        let cell = self.synthetic(cell);
        let value = self.op0(Op::LoadCell, &[cell]);
        let name = self.intern(name);
        self.effect(Op::CheckInit, &[value], Imm::Str(name));
        value
    }

    /// The SSA variable of a binding of this function: its value, or its cell.
    pub(super) fn variable(&mut self, id: SymbolId) -> Variable {
        let b = &mut self.b;
        *self.variables.entry(id).or_insert_with(|| b.variable())
    }

    /// The cell of a binding.
    fn cell(&mut self, id: SymbolId) -> Value {
        match self.captured.get(&Captured::Symbol(id)) {
            Some(cell) => *cell,
            None => {
                let variable = self.variable(id);
                self.b.read(variable)
            }
        }
    }

    /// Reads a binding from the code at `offset`.
    pub(super) fn read_symbol(&mut self, id: SymbolId, offset: u32) -> Value {
        if let Some(literal) = self.cx.scopes.constant_at(id, self.id, offset).cloned() {
            return self.literal(&literal);
        }
        if let Some(function) = self.cx.scopes.function_at(id, self.id, offset, false) {
            self.at(offset);
            return self.op(Op::Closure, &[], Imm::Func(function));
        }
        let value = self.load(id, offset);
        self.check_initialised(id, value, offset);
        value
    }

    fn load(&mut self, id: SymbolId, offset: u32) -> Value {
        self.at(offset);
        if self.is_running_closure(id) {
            return self.callee.expect("the analysis has asked for the callee");
        }
        let symbol = self.cx.scopes.symbol(id);
        match symbol.storage {
            Storage::Local | Storage::Callee => match self.captured.get(&Captured::Symbol(id)) {
                Some(value) => *value,
                None => {
                    let variable = self.variable(id);
                    self.b.read(variable)
                }
            },
            Storage::Cell if self.cx.scopes.within_itself(id, self.id) => {
                // Captured from the running closure, by value.
                self.captured[&Captured::Symbol(id)]
            }
            Storage::Cell => {
                let cell = self.cell(id);
                self.op0(Op::LoadCell, &[cell])
            }
            Storage::Global => {
                let global = self.cx.global(id);
                self.op(Op::LoadGlobal, &[], Imm::Global(global))
            }
            Storage::GlobalProperty => {
                let name = self.cx.scoping.symbol_name(id);
                self.load_global_property(name)
            }
        }
    }

    fn check_initialised(&mut self, id: SymbolId, value: Value, offset: u32) {
        if self.cx.scopes.needs_check(id, self.id, offset) {
            let name = self.intern(display_name(self.cx.scoping.symbol_name(id)));
            self.at(offset);
            self.effect(Op::CheckInit, &[value], Imm::Str(name));
        }
    }

    /// Checks that a binding is initialised, without need of its value.
    pub(super) fn check_symbol(&mut self, id: SymbolId, offset: u32) {
        if self.cx.scopes.needs_check(id, self.id, offset) {
            let value = self.load(id, offset);
            self.check_initialised(id, value, offset);
        }
    }

    fn write_symbol(&mut self, id: SymbolId, value: Value, offset: u32) {
        self.check_symbol(id, offset);
        if matches!(self.cx.scopes.symbol(id).kind, BindingKind::Const | BindingKind::FunctionName) {
            self.at(offset);
            self.throw_error(ErrorKind::TypeError, "Assignment to constant variable.");
            return;
        }
        self.at(offset);
        self.store(id, value);
    }

    /// Sets a binding that exists.
    pub(super) fn store(&mut self, id: SymbolId, value: Value) {
        match self.cx.scopes.symbol(id).storage {
            Storage::Local => {
                let variable = self.variable(id);
                self.b.define(variable, value);
            }
            Storage::Callee => {}
            Storage::Cell => {
                let cell = self.cell(id);
                self.effect(Op::StoreCell, &[cell, value], Imm::None);
            }
            Storage::Global => {
                let global = self.cx.global(id);
                self.effect(Op::StoreGlobal, &[value], Imm::Global(global));
            }
            Storage::GlobalProperty => {
                let name = self.intern(self.cx.scoping.symbol_name(id));
                let object = self.op0(Op::GlobalObject, &[]);
                self.effect(Op::SetProp, &[object, value], Imm::Str(name));
            }
        }
    }

    /// Gives a `let`, `const`, parameter or the like its first value.
    pub(super) fn initialise(&mut self, id: SymbolId, value: Value) {
        let symbol = self.cx.scopes.symbol(id);
        if symbol.storage == Storage::Cell && !symbol.early {
            let cell = self.op0(Op::NewCell, &[value]);
            let variable = self.variable(id);
            self.b.define(variable, cell);
        } else {
            self.store(id, value);
        }
    }

    /// Gives the variables of a `for` loop that closures share fresh cells with the same contents.
    pub(super) fn renew_cells(&mut self, ids: &[SymbolId]) {
        for id in ids {
            let variable = self.variable(*id);
            let old = self.b.read(variable);
            let value = self.op0(Op::LoadCell, &[old]);
            let cell = self.op0(Op::NewCell, &[value]);
            self.b.define(variable, cell);
        }
    }

    /// Whether the binding is kept in a cell.
    pub(super) fn is_cell(&self, id: SymbolId) -> bool {
        self.cx.scopes.symbol(id).storage == Storage::Cell
    }

    /// `this`.
    pub(super) fn this_value(&mut self, offset: u32) -> Value {
        if self.is_in_derived_constructor() {
            self.at(offset);
            return self.checked_this();
        }
        if let Some(value) = self.captured.get(&Captured::This).copied().or(self.this) {
            return value;
        }
        self.at(offset);
        self.op0(Op::GlobalObject, &[])
    }

    /// `new.target`.
    pub(super) fn new_target_value(&mut self) -> Value {
        match self.captured.get(&Captured::NewTarget).copied().or(self.new_target) {
            Some(value) => value,
            None => self.undefined(),
        }
    }

    fn load_global_property(&mut self, name: &str) -> Value {
        let name = self.intern(name);
        let object = self.op0(Op::GlobalObject, &[]);
        self.op(Op::GetProp, &[object], Imm::Str(name))
    }

    /// Whether the global scope may be changed by the program, so that its names are looked up in the object.
    fn is_global_object_used(&self, name: &str) -> bool {
        self.cx.scopes.global_object || self.cx.scopes.assigned_builtins.contains(name)
    }

    /// Reads a name that the program does not declare.
    pub(super) fn read_global(&mut self, name: &str, offset: u32) -> Value {
        self.at(offset);
        if let Some(id) = crate::modules::intrinsic(name) {
            return self.op(Op::Builtin, &[], Imm::Builtin(intrinsic_number(id)));
        }
        match name {
            "globalThis" => return self.op0(Op::GlobalObject, &[]),
            "arguments" => {
                if let Some(value) = self.captured.get(&Captured::Arguments).copied().or(self.arguments) {
                    return value;
                }
            }
            _ => {}
        }
        match GLOBALS.iter().position(|g| g.name == name) {
            Some(index) => match GLOBALS[index].value {
                PropertyValue::Undefined => self.undefined(),
                PropertyValue::Number(n) => self.number(n),
                _ if self.is_global_object_used(name) => self.read_looked_up(name),
                _ => self.op(Op::Builtin, &[], Imm::Builtin(index as u16)),
            },
            None if self.cx.scopes.global_object => self.read_looked_up(name),
            None => self.throw_error_value(ErrorKind::ReferenceError, &format!("{name} is not defined")),
        }
    }

    /// `typeof` of a name that the program does not declare: no error if there is none.
    pub(super) fn read_global_for_typeof(&mut self, name: &str, offset: u32) -> Value {
        let exists = GLOBALS.iter().any(|g| g.name == name) || matches!(name, "globalThis" | "arguments");
        if exists {
            return if self.is_global_object_used(name) && !matches!(name, "globalThis" | "arguments") {
                self.at(offset);
                self.load_global_property(name)
            } else if name == "arguments" && self.arguments.is_none() && !self.has_outer_arguments() {
                self.undefined()
            } else {
                self.read_global(name, offset)
            };
        }
        self.at(offset);
        if self.cx.scopes.global_object { self.load_global_property(name) } else { self.undefined() }
    }

    fn has_outer_arguments(&self) -> bool {
        self.captured.contains_key(&Captured::Arguments)
    }

    /// Reads a property of the global object that must exist.
    fn read_looked_up(&mut self, name: &str) -> Value {
        self.require_global(name);
        self.load_global_property(name)
    }

    /// Goes on only if the global object has the property.
    fn require_global(&mut self, name: &str) {
        let key = self.intern(name);
        let key = self.constant(Const::Str(key));
        let object = self.op0(Op::GlobalObject, &[]);
        let exists = self.op0(Op::In, &[key, object]);
        let (found, missing) = (self.b.block(), self.b.block());
        self.branch(exists, found, missing);
        self.continue_in(missing);
        self.throw_error(ErrorKind::ReferenceError, &format!("{name} is not defined"));
        self.continue_in(found);
    }

    fn write_global(&mut self, name: &str, value: Value, offset: u32) {
        self.at(offset);
        match GLOBALS.iter().find(|g| g.name == name) {
            Some(global) if !global.writable => {
                let message = format!("Cannot assign to read only property '{name}' of object '#<Object>'");
                self.throw_error(ErrorKind::TypeError, &message);
            }
            None if !self.cx.scopes.global_object => {
                self.throw_error(ErrorKind::ReferenceError, &format!("{name} is not defined"));
            }
            _ => {
                self.require_global(name);
                let key = self.intern(name);
                let object = self.op0(Op::GlobalObject, &[]);
                self.effect(Op::SetProp, &[object, value], Imm::Str(key));
            }
        }
    }
}
