//! The deepest chains of calls.

use super::{Function, Program};
use crate::driver::link::Reserve;

/// What a function is to the stack's bounds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    /// Compiled code.
    Compiled,
    /// A built-in function.
    Native,
    /// Start-up, or what only `Vm::enter` calls by address.
    Outside,
    /// Somebody has asked for what it takes.
    Digits,
    Other,
}

/// Bytes of the tagged stack that a compiled function may use without asking (`LEAF_WORDS` in the lowering).
const LEAF_BYTES: u32 = 64;

/// Parts of the runtime that make an object of an error, which the program can see.
const ERRORS: &str = "jerboa_part.Errors.raise";

/// Bytes beyond the reserve of the runtime so that the error of a full stack can be made. With less, that of exhausted memory
/// is thrown in its place.
const MAKING_AN_ERROR: u32 = 320;

/// What a stack pointer is aligned to.
const ALIGNMENT: u32 = 8;

/// Functions of the runtime that ask when they are called.
const ASKS: [&str; 2] = ["Vm$GT$10push_words17h", "4call4Args4take17h"];

/// The entry that a compiled function calls where there is too little stack.
const OVERFLOW: &str = "jrt_stack_overflow";

/// Ends of mangled names: the module path of a function of the runtime, as Rust's legacy mangling writes it.
const DIGITS: [&str; 4] = [
    ".Doubles.give_text_of_double",
    ".NumberTexts.text_of_number",
    ".StringsToNumbers.string_to_number",
    "21f64_to_string_compact17h",
];
const OUTSIDE: [&str; 7] = [
    "jerboa_reset",
    "jerboa_fault",
    "jerboa_run_",
    "jerboa_image_main",
    "3aot5calls6invoke17h",
    "4call13invoke_native17h",
    "2vm9no_engine17h",
];

fn role(function: &Function) -> Role {
    let has = |parts: &[&str]| function.is_named(|name| parts.iter().any(|part| name.contains(part)));
    if function.is_named(|name| name.starts_with("jf_") || name.starts_with("jw_")) {
        Role::Compiled
    } else if function.is_named(|name| name.starts_with("jrt_n_")) {
        Role::Native
    } else if has(&DIGITS) {
        Role::Digits
    } else if has(&OUTSIDE) {
        Role::Outside
    } else {
        Role::Other
    }
}

/// Whether a function is the one that calls natives by their addresses.
fn is_invoke_native(function: &Function) -> bool {
    function.is_named(|name| name.contains("4call13invoke_native17h"))
}

/// A graph of calls whose depths are asked for.
struct Graph<'a> {
    program: &'a Program,
    roles: Vec<Role>,
    depths: Vec<Depth>,
    overflow: Option<usize>,
    /// Whether chains end at functions that ask first of all.
    is_cut: bool,
    /// Those of them that were met, from which other chains begin.
    asking: Vec<usize>,
}

#[derive(Clone, Copy)]
enum Depth {
    Unknown,
    /// A chain is looked for that goes through it.
    Open,
    Known(u32),
}

/// The reserve of a program, if its calls tell: what the deepest chain of all takes, or, if there is recursion, the deepest between
/// two questions.
pub(super) fn reserve(program: &Program) -> Option<Reserve> {
    reserve_of_chains(program, false).or_else(|| reserve_of_chains(program, true))
}

fn reserve_of_chains(program: &Program, is_cut: bool) -> Option<Reserve> {
    let roles: Vec<Role> = program.functions.iter().map(role).collect();
    if roles.contains(&Role::Native) && !program.functions.iter().any(is_invoke_native) {
        return None;
    }
    let overflow = program.functions.iter().position(|f| f.is_named(|name| name == OVERFLOW));
    let depths = vec![Depth::Unknown; roles.len()];
    let mut graph = Graph { program, roles, depths, overflow, is_cut, asking: Vec::new() };
    let (mut native, mut entry) = (0, 0);
    for (index, function) in program.functions.iter().enumerate() {
        match graph.roles[index] {
            Role::Compiled => {
                entry = entry.max(graph.depth(index)?);
                for &callee in function.calls.iter().chain(&function.tail_calls) {
                    let depth = graph.depth(callee)?;
                    entry = entry.max(depth);
                    if graph.roles[callee] != Role::Compiled {
                        native = native.max(depth);
                    }
                }
            }
            Role::Native => {
                let depth = graph.depth(index)?;
                (native, entry) = (native.max(depth), entry.max(depth));
            }
            _ => {}
        }
    }
    while let Some(index) = graph.asking.pop() {
        native = native.max(graph.deepest(index)?);
    }
    if program.functions.iter().any(|f| f.is_named(|name| name.starts_with(ERRORS))) {
        entry = entry.max(native + MAKING_AN_ERROR);
    }
    let [native, entry] = [native, entry.max(native)].map(|bytes| bytes.next_multiple_of(ALIGNMENT));
    Some(Reserve { native, entry })
}

impl Graph<'_> {
    /// Bytes below the stack pointer of its caller that a function takes with all that it calls until somebody asks. `None`
    /// if there is no telling.
    fn depth(&mut self, index: usize) -> Option<u32> {
        match self.depths[index] {
            Depth::Known(depth) => return Some(depth),
            Depth::Open => return None,
            Depth::Unknown => self.depths[index] = Depth::Open,
        }
        let program = self.program;
        let function = &program.functions[index];
        if function.is_opaque {
            return None;
        }
        let depth = match self.roles[index] {
            // It has been asked for.
            Role::Digits => 0,
            Role::Compiled => match self.overflow {
                Some(overflow) if function.calls.contains(&overflow) => {
                    function.frame + self.depth(overflow)?
                }
                // What only hands its arguments on has no frame on the tagged stack.
                _ if function.is_named(|name| name.starts_with("jw_")) => {
                    function.frame + self.deepest(index)?
                }
                _ => function.frame + LEAF_BYTES + self.deepest(index)?,
            },
            _ if let Some(question) = self.question(function) => {
                self.asking.push(index);
                function.frame + self.depth(question)?
            }
            _ => {
                let mut depth = function.frame + self.deepest(index)?;
                for &callee in &function.tail_calls {
                    depth = depth.max(self.depth(callee)?);
                }
                depth
            }
        };
        self.depths[index] = Depth::Known(depth);
        Some(depth)
    }

    /// What a function calls first, if that asks and chains end there.
    fn question(&self, function: &Function) -> Option<usize> {
        let first = *function.calls.first().filter(|_| self.is_cut)?;
        let asks = self.program.functions[first].is_named(|name| ASKS.iter().any(|part| name.contains(part)));
        asks.then_some(first)
    }

    /// The depth of the deepest of a function's callees.
    fn deepest(&mut self, index: usize) -> Option<u32> {
        let program = self.program;
        let function = &program.functions[index];
        let mut deepest = 0;
        // The double that an addition of the runtime's leaves to the machine's is an ordinary one: it does not come back.
        if !function.is_named(|name| name.contains("6number4soft4plus17h")) {
            for &callee in &function.calls {
                deepest = deepest.max(self.depth(callee)?);
            }
            if self.roles[index] == Role::Compiled {
                for &callee in &function.tail_calls {
                    deepest = deepest.max(self.depth(callee)?);
                }
            }
        }
        if function.calls_indirectly {
            let wanted = if is_invoke_native(function) {
                Some(Role::Native)
            } else if function.is_named(|name| name.contains("Vm$GT$5enter17h")) {
                None
            } else {
                Some(Role::Other)
            };
            for &callee in &program.taken {
                if Some(self.roles[callee]) == wanted {
                    deepest = deepest.max(self.depth(callee)?);
                }
            }
        }
        Some(deepest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &str, frame: u32, calls: &[usize]) -> Function {
        Function { names: vec![name.into()], frame, calls: calls.to_vec(), ..Function::default() }
    }

    fn reserve_of(functions: Vec<Function>, taken: Vec<usize>) -> Option<(u32, u32)> {
        reserve(&Program { functions, taken }).map(|reserve| (reserve.native, reserve.entry))
    }

    #[test]
    fn the_deepest_chain_counts() {
        let functions = vec![
            function("jf_0", 400, &[1, 2, 4]),
            function("jrt_a", 16, &[3]),
            function("jrt_b", 40, &[]),
            function("c", 100, &[]),
            function(OVERFLOW, 8, &[]),
        ];
        // The function itself asks only when it has its frame.
        assert_eq!(reserve_of(functions, vec![]), Some((120, 408)));
    }

    #[test]
    fn a_leaf_does_not_ask() {
        let functions = vec![function("jf_0", 12, &[1]), function("jrt_a", 16, &[])];
        assert_eq!(reserve_of(functions, vec![]), Some((16, 12 + 64 + 16 + 4)));
    }

    #[test]
    fn recursion_has_no_bound() {
        let functions = vec![function("jf_0", 8, &[1]), function("jrt_a", 16, &[2]), function("b", 16, &[1])];
        assert_eq!(reserve_of(functions, vec![]), None);
    }

    #[test]
    fn recursion_ends_at_questions() {
        let functions = vec![
            function("jf_0", 8, &[1]),
            function("jrt_a", 16, &[2]),
            function("b", 40, &[3, 4]),
            function("Vm$GT$10push_words17h", 8, &[]),
            function("c", 100, &[2]),
        ];
        // From the entry to the question, and from there to the next one.
        assert_eq!(reserve_of(functions, vec![]), Some((100 + 40 + 8 + 4, 100 + 40 + 8 + 4)));
    }

    #[test]
    fn errors_need_room() {
        let functions = vec![
            function("jf_0", 8, &[1]),
            function("jrt_a", 16, &[]),
            function("jerboa_part.Errors.raise_text", 8, &[]),
        ];
        assert_eq!(reserve_of(functions, vec![]), Some((16, 16 + MAKING_AN_ERROR)));
    }

    #[test]
    fn a_tail_call_gives_the_frame_back() {
        let mut tail = function("jrt_a", 100, &[]);
        tail.tail_calls.push(2);
        let functions = vec![function("jf_0", 8, &[1]), tail, function("b", 120, &[])];
        assert_eq!(reserve_of(functions, vec![]).map(|(native, _)| native), Some(120));
    }

    #[test]
    fn indirect_calls_go_to_what_may_be_called_there() {
        let mut call_native = function("x4call13invoke_native17h", 8, &[]);
        call_native.calls_indirectly = true;
        let mut dynamic = function("b", 8, &[]);
        dynamic.calls_indirectly = true;
        let functions = vec![
            function("jf_0", 8, &[1]),
            call_native,
            function("jrt_n_print", 24, &[3]),
            dynamic,
            function("closure", 48, &[]),
        ];
        assert_eq!(reserve_of(functions, vec![2, 4]).map(|(native, _)| native), Some(8 + 24 + 8 + 48));
    }

    #[test]
    fn code_that_is_not_understood_has_no_bound() {
        let mut odd = function("jrt_a", 16, &[]);
        odd.is_opaque = true;
        assert_eq!(reserve_of(vec![function("jf_0", 8, &[1]), odd], vec![]), None);
    }
}
