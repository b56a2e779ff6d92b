//! Mutants of JavaScript programs: most are nearly right, some are absurd, none is made of pure noise.
//!
//! Noise dies in the lexer. A mutant that is one token away from a program that compiles reaches the scope
//! analysis, the lowering and often the engine, so most steps work on tokens and take their material from
//! the corpus. A few steps aim at limits instead: depth of nesting, size of literals, odd characters and
//! bytes that are not UTF-8.

use crate::rng::Rng;
use crate::tokens::{self, Kind};

/// Bytes that a mutant may have; a step that would exceed it is not taken.
pub const MAX_LENGTH: usize = 64 * 1024;

/// Steps of one mutant.
const MAX_STEPS: usize = 5;

/// What an operator is replaced by; most stand between two operands.
const OPERATORS: &[&str] = &[
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "&",
    "|",
    "^",
    "<<",
    ">>",
    ">>>",
    "&&",
    "||",
    "??",
    "==",
    "!=",
    "===",
    "!==",
    "<",
    ">",
    "<=",
    ">=",
    "=",
    "+=",
    "-=",
    "*=",
    ">>>=",
    "&&=",
    "??=",
    ".",
    "?.",
    ",",
    " in ",
    " instanceof ",
    "=>",
    "...",
    "!",
    "~",
    "++",
    "--",
    "?",
    ":",
];

/// Numbers at the edges of representations, and spellings that lexers get wrong.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "1073741823",
    "1073741824",
    "2147483647",
    "2147483648",
    "-2147483648",
    "4294967295",
    "4294967296",
    "9007199254740993",
    "1e308",
    "1e309",
    "5e-324",
    "1e-400",
    "0.1",
    ".5",
    "5.",
    "0x",
    "0b2",
    "0xffffffffffffffffffff",
    "08",
    "1_0",
    "1__0",
    "1n",
    "NaN",
    "1e",
    "0e0",
];

/// Characters that editors do not show, that end lines, or that have unusual properties.
const ODD_TEXT: &[&str] = &[
    "\u{feff}",
    "\u{2028}",
    "\u{2029}",
    "\u{200d}",
    "\u{200b}",
    "\u{a0}",
    "\u{85}",
    "\0",
    "\u{7f}",
    "\u{202e}",
    "é",
    "\u{65}\u{301}",
    "日",
    "😀",
    "\u{10ffff}",
    "\\u0061",
    "\\u{61}",
    "\\u{110000}",
    "\\ud83d",
    "\"\\ud83d\"",
    "\"\\u{d83d}\"",
    "\"\u{2028}\"",
    "#!",
    "<!--",
    "-->",
    "\r",
    "\\",
];

/// Pairs of texts that nest.
const NESTS: &[(&str, &str)] = &[
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("!", ""),
    ("- ", ""),
    ("typeof ", ""),
    ("()=>", ""),
    ("a=", ""),
    ("a?b:", ""),
    ("a+(", ")"),
    ("f(", ")"),
    ("new ", ""),
    ("{x:", "}"),
    ("if(1)", ""),
    ("for(;;)", ""),
    ("l:", ""),
    ("`${", "}`"),
    ("function f(){", "}"),
    ("try{", "}finally{}"),
    ("...", ""),
    ("[...", "]"),
];

/// One change to a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A run of tokens is removed.
    Delete,
    /// A run of tokens is repeated, sometimes many times.
    Duplicate,
    /// Two tokens change places.
    Swap,
    /// A token is replaced by one of the same kind from any program.
    Replace,
    /// An operator is replaced by another.
    Operator,
    /// A number is replaced by one at an edge.
    EdgeNumber,
    /// A run of tokens of another program is inserted.
    Splice,
    /// A token is wrapped many times.
    Nest,
    /// A token is replaced by a huge literal, name or list.
    Huge,
    /// An odd character is inserted.
    OddText,
    /// One byte is changed, so that the text may no longer be UTF-8.
    Byte,
    /// The end is cut off.
    Truncate,
}

impl Step {
    /// All kinds of steps.
    pub const ALL: [Step; 12] = [
        Step::Delete,
        Step::Duplicate,
        Step::Swap,
        Step::Replace,
        Step::Operator,
        Step::EdgeNumber,
        Step::Splice,
        Step::Nest,
        Step::Huge,
        Step::OddText,
        Step::Byte,
        Step::Truncate,
    ];

    /// Weight among all steps: small local changes are worth most.
    fn weight(self) -> usize {
        match self {
            Step::Delete | Step::Replace | Step::Operator | Step::EdgeNumber => 8,
            Step::Duplicate | Step::Swap | Step::Splice => 6,
            Step::OddText => 2,
            Step::Nest | Step::Huge | Step::Byte | Step::Truncate => 1,
        }
    }
}

/// A changed program and what was done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The source, at most [`MAX_LENGTH`] bytes longer than the longest program; maybe not UTF-8.
    pub text: Vec<u8>,
    /// Index of the program that it was made from.
    pub origin: usize,
    /// The steps that had an effect, in order.
    pub steps: Vec<Step>,
}

/// Makes mutants of the programs of a corpus.
#[derive(Clone, Debug)]
pub struct Mutator<'a> {
    programs: Vec<Vec<&'a str>>,
}

impl<'a> Mutator<'a> {
    /// A mutator of `programs`, whose order counts: a seed means the same only for the same corpus.
    ///
    /// # Panics
    /// If there is no program.
    pub fn new(programs: &[&'a str]) -> Self {
        assert!(!programs.is_empty(), "a mutator needs a program to change");
        Mutator { programs: programs.iter().map(|text| tokens::split(text)).collect() }
    }

    /// The mutant that `seed` determines; it differs from its origin.
    pub fn mutant(&self, seed: u64) -> Mutant {
        let mut rng = Rng::new(seed);
        let origin = rng.below(self.programs.len());
        let mut draft: Vec<String> = self.programs[origin].iter().map(|token| token.to_string()).collect();
        let original = draft.concat();
        let mut steps = Vec::new();
        // Half of the mutants are one step away from a program: these get furthest.
        let wanted = if rng.one_in(2) { 1 } else { 1 + rng.below(MAX_STEPS) };
        let mut raw = None;
        // A step may have no effect (no number to change); the bound keeps a hopeless text from looping.
        for _ in 0..64 {
            let step = choose(&mut rng);
            if matches!(step, Step::Byte | Step::Truncate) {
                // Tokens are no longer meaningful after these, so they come last.
                let mut bytes = draft.concat().into_bytes();
                if bytes.is_empty() {
                    continue;
                }
                let at = rng.below(bytes.len());
                match step {
                    Step::Byte => bytes[at] = bytes[at].wrapping_add(1 + rng.below(255) as u8),
                    _ => bytes.truncate(at),
                }
                steps.push(step);
                raw = Some(bytes);
                break;
            }
            let before = draft.concat();
            let mut next = draft.clone();
            self.apply(step, &mut next, &mut rng);
            let after = next.concat();
            if after != before && after.len() <= original.len() + MAX_LENGTH {
                draft = next;
                steps.push(step);
            }
            if steps.len() >= wanted && draft.concat() != original {
                break;
            }
        }
        let mut text = raw.unwrap_or_else(|| draft.concat().into_bytes());
        if text == original.as_bytes() {
            // Every step was undone by a later one, or none applied: no program ends like this.
            text.extend(b";)");
        }
        Mutant { text, origin, steps }
    }

    /// The mutants of the seeds `first_seed`, `first_seed + 1` and so on.
    pub fn mutants(&self, first_seed: u64) -> impl Iterator<Item = Mutant> + '_ {
        (0..).map(move |n| self.mutant(first_seed.wrapping_add(n)))
    }

    fn apply(&self, step: Step, draft: &mut Vec<String>, rng: &mut Rng) {
        match step {
            Step::Splice => {
                let donor = &self.programs[rng.below(self.programs.len())];
                if donor.is_empty() {
                    return;
                }
                let from = rng.below(donor.len());
                let to = (from + rng.between(1, 24)).min(donor.len());
                let at = rng.below(draft.len() + 1);
                draft.splice(at..at, donor[from..to].iter().map(|token| token.to_string()));
            }
            Step::OddText => {
                let at = rng.below(draft.len() + 1);
                draft.insert(at, rng.pick(ODD_TEXT).to_string());
            }
            _ => {
                let Some(at) = pick_token(draft, step, rng) else { return };
                self.change_at(step, draft, at, rng);
            }
        }
    }

    fn change_at(&self, step: Step, draft: &mut Vec<String>, at: usize, rng: &mut Rng) {
        match step {
            Step::Delete => {
                let end = (at + short_run(rng)).min(draft.len());
                draft.drain(at..end);
            }
            Step::Duplicate => {
                let end = (at + short_run(rng)).min(draft.len());
                let run = draft[at..end].to_vec();
                let times = if rng.one_in(8) { rng.between(10, 200) } else { 1 };
                draft.splice(at..at, std::iter::repeat_n(run, times).flatten());
            }
            Step::Swap => {
                if let Some(other) = pick_token(draft, step, rng) {
                    draft.swap(at, other);
                }
            }
            Step::Replace => {
                let donor = &self.programs[rng.below(self.programs.len())];
                let same: Vec<&str> =
                    donor.iter().copied().filter(|t| tokens::kind(t) == tokens::kind(&draft[at])).collect();
                if !same.is_empty() {
                    draft[at] = same[rng.below(same.len())].to_string();
                }
            }
            Step::Operator => draft[at] = rng.pick(OPERATORS).to_string(),
            Step::EdgeNumber => draft[at] = rng.pick(NUMBERS).to_string(),
            Step::Nest => {
                let (open, close) = NESTS[rng.below(NESTS.len())];
                let depth = if rng.one_in(4) { rng.between(1000, 6000) } else { rng.between(2, 100) };
                draft[at] = format!("{}{}{}", open.repeat(depth), draft[at], close.repeat(depth));
            }
            Step::Huge => draft[at] = huge(rng),
            Step::Splice | Step::OddText | Step::Byte | Step::Truncate => {
                unreachable!("these do not change one token")
            }
        }
    }
}

fn choose(rng: &mut Rng) -> Step {
    let total: usize = Step::ALL.iter().map(|step| step.weight()).sum();
    let mut ticket = rng.below(total);
    for step in Step::ALL {
        match ticket.checked_sub(step.weight()) {
            Some(rest) => ticket = rest,
            None => return step,
        }
    }
    unreachable!("the ticket is below the sum of the weights")
}

/// The index of a token that `step` can change.
fn pick_token(draft: &[String], step: Step, rng: &mut Rng) -> Option<usize> {
    let wanted = |token: &str| match (step, tokens::kind(token)) {
        (Step::Operator, kind) => {
            kind == Kind::Punctuator && !matches!(token, "(" | ")" | "[" | "]" | "{" | "}" | ";" | ",")
        }
        (Step::EdgeNumber, kind) => kind == Kind::Number,
        (_, kind) => kind != Kind::Space,
    };
    let fitting: Vec<usize> = (0..draft.len()).filter(|&at| wanted(&draft[at])).collect();
    (!fitting.is_empty()).then(|| fitting[rng.below(fitting.len())])
}

/// Lengths of runs: mostly one token, sometimes a statement's worth.
fn short_run(rng: &mut Rng) -> usize {
    if rng.one_in(3) { rng.between(2, 20) } else { 1 }
}

/// A literal, name or list far larger than anybody writes.
fn huge(rng: &mut Rng) -> String {
    let n = rng.between(300, 20_000);
    match rng.below(8) {
        0 => "9".repeat(n),
        1 => format!("0.{}1", "0".repeat(n)),
        2 => format!("1e{}", "9".repeat(n.min(400))),
        3 => format!("\"{}\"", "x".repeat(n)),
        4 => format!("\"{}\"", "\\u{1F600}".repeat(n / 10)),
        5 => "name".repeat(n / 4),
        6 => format!("[{}]", "0,".repeat(n / 2)),
        _ => format!("f({}0)", "a,".repeat(n.min(2000) / 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{HashMap, HashSet};

    const PROGRAMS: &[&str] = &[
        "\"use strict\";\nfunction fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\nconsole.log(fib(10));\n",
        "\"use strict\";\nlet s = `a${1 + 2}b`;\nfor (const c of s) { if (c === \"b\") break; console.log(c); }\n",
        "\"use strict\";\nvar o = { get x() { return [1, 2.5, -0x10]; } };\ntry { o.x.y.z; } catch (e) { console.log(e.name); }\n",
    ];

    #[test]
    fn a_seed_determines_the_mutant() {
        let mutator = Mutator::new(PROGRAMS);
        for seed in 0..100 {
            assert_eq!(mutator.mutant(seed), mutator.mutant(seed));
        }
        assert_eq!(mutator.mutants(5).nth(3), Some(mutator.mutant(8)));
    }

    #[test]
    fn mutants_differ_and_every_step_occurs() {
        let mutator = Mutator::new(PROGRAMS);
        let mut counts: HashMap<Step, usize> = HashMap::new();
        let (mut distinct, mut utf8, mut near, mut deep, mut long) = (HashSet::new(), 0, 0, 0, 0);
        let rounds = 3000;
        for mutant in mutator.mutants(0).take(rounds) {
            let original = PROGRAMS[mutant.origin].as_bytes();
            assert_ne!(mutant.text, original);
            assert!(mutant.text.len() <= original.len() + MAX_LENGTH);
            assert!(!mutant.steps.is_empty());
            for step in &mutant.steps {
                *counts.entry(*step).or_default() += 1;
            }
            utf8 += usize::from(std::str::from_utf8(&mutant.text).is_ok());
            near += usize::from(mutant.text.len().abs_diff(original.len()) < 40);
            deep += usize::from(mutant.text.iter().filter(|&&b| b == b'(').count() > 500);
            long += usize::from(mutant.text.len() > 5000);
            distinct.insert(mutant.text);
        }
        for step in Step::ALL {
            assert!(counts.get(&step).is_some_and(|&n| n > 60), "{step:?}: {counts:?}");
        }
        // Most mutants stay close to a program that compiles; limits are tried, but do not dominate.
        assert!(distinct.len() > rounds * 85 / 100, "{} distinct", distinct.len());
        assert!(utf8 > rounds * 90 / 100 && utf8 < rounds, "{utf8} UTF-8");
        assert!(near > rounds / 2, "{near} near");
        assert!(deep > 3 && long > 20 && long < rounds / 4, "{deep} deep, {long} long");
    }

    #[test]
    fn odd_programs_are_no_trouble() {
        let mutator = Mutator::new(&["", "x", "\"open", "/* open", "  \n"]);
        for seed in 0..500 {
            let mutant = mutator.mutant(seed);
            assert_ne!(mutant.text, ["", "x", "\"open", "/* open", "  \n"][mutant.origin].as_bytes());
        }
    }
}
