//! What built-in functions do with values, for the analysis of memory.
use super::super::kind::Kind;

/// What a built-in function does with values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Behaviour {
    /// What it returns, beside elements and results of functions of the program.
    pub(super) result: Kind,
    /// It returns elements.
    pub(super) takes: bool,
    /// It keeps its arguments as elements.
    pub(super) stores: bool,
    /// It calls functions of the program, with elements and indices.
    pub(super) calls: bool,
}

pub(super) const fn returns(result: Kind) -> Behaviour {
    Behaviour { result, takes: false, stores: false, calls: false }
}

/// Built-in functions whose doings are known, by name: all functions of one name together.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = {
    const NOTHING: Behaviour = returns(Kind::UNDEFINED);
    const NUMBER: Behaviour = returns(Kind::FLOAT);
    const STRING: Behaviour = returns(Kind::STRING);
    const BOOL: Behaviour = returns(Kind::BOOL);
    const CALLS: Behaviour = Behaviour { calls: true, ..returns(Kind::VALUE) };
    &[
        ("log", Behaviour { result: Kind::FLOAT.or_undefined(), ..NOTHING }),
        ("error", NOTHING),
        ("warn", NOTHING),
        ("info", NOTHING),
        ("debug", NOTHING),
        ("print", NOTHING),
        ("abs", NUMBER),
        ("acos", NUMBER),
        ("asin", NUMBER),
        ("atan", NUMBER),
        ("atan2", NUMBER),
        ("cbrt", NUMBER),
        ("ceil", NUMBER),
        ("clz32", NUMBER),
        ("cos", NUMBER),
        ("exp", NUMBER),
        ("floor", NUMBER),
        ("fround", NUMBER),
        ("hypot", NUMBER),
        ("imul", NUMBER),
        ("log10", NUMBER),
        ("log2", NUMBER),
        ("max", NUMBER),
        ("min", NUMBER),
        ("pow", NUMBER),
        ("random", NUMBER),
        ("round", NUMBER),
        ("sign", NUMBER),
        ("sin", NUMBER),
        ("sqrt", NUMBER),
        ("tan", NUMBER),
        ("trunc", NUMBER),
        ("now", NUMBER),
        ("charCodeAt", NUMBER),
        ("parseInt", NUMBER),
        ("parseFloat", NUMBER),
        ("Number", returns(Kind::FLOAT.or_object())),
        ("String", returns(Kind::STRING.or_object())),
        ("Boolean", returns(Kind::BOOL.or_object())),
        ("Error", returns(Kind::OBJECT)),
        ("TypeError", returns(Kind::OBJECT)),
        ("RangeError", returns(Kind::OBJECT)),
        ("SyntaxError", returns(Kind::OBJECT)),
        ("ReferenceError", returns(Kind::OBJECT)),
        ("isNaN", BOOL),
        ("isFinite", BOOL),
        ("isInteger", BOOL),
        ("isArray", BOOL),
        ("startsWith", BOOL),
        ("endsWith", BOOL),
        ("includes", BOOL),
        ("indexOf", NUMBER),
        ("lastIndexOf", NUMBER),
        ("fromCharCode", STRING),
        ("charAt", STRING),
        ("substring", STRING),
        ("toString", STRING),
        ("toFixed", STRING),
        ("join", STRING),
        ("toUpperCase", STRING),
        ("toLowerCase", STRING),
        ("trim", STRING),
        ("repeat", STRING),
        ("padStart", STRING),
        ("padEnd", STRING),
        ("Array", Behaviour { stores: true, ..returns(Kind::ARRAY) }),
        ("push", Behaviour { stores: true, ..NUMBER }),
        ("unshift", Behaviour { stores: true, ..NUMBER }),
        ("fill", Behaviour { stores: true, ..returns(Kind::OBJECT) }),
        ("pop", Behaviour { takes: true, ..NOTHING }),
        ("shift", Behaviour { takes: true, ..NOTHING }),
        ("reverse", returns(Kind::OBJECT)),
        ("slice", returns(Kind::STRING.or_object())),
        ("forEach", Behaviour { calls: true, ..NOTHING }),
        ("map", Behaviour { calls: true, ..returns(Kind::ARRAY) }),
        ("filter", Behaviour { calls: true, ..returns(Kind::ARRAY) }),
        ("some", Behaviour { calls: true, ..BOOL }),
        ("every", Behaviour { calls: true, ..BOOL }),
        ("sort", Behaviour { calls: true, ..returns(Kind::OBJECT) }),
        ("reduce", CALLS),
        ("hasOwnProperty", BOOL),
    ]
};
