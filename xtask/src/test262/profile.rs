//! Which tests are of the language that `docs/language.md` states, and what they are about.
//!
//! A test is outside by its folder, its flags or the features that it names. One that uses something else that the language
//! has not is found by the compiler: it is outside if it is refused with one of the codes that `docs/language.md` gives for that.

use super::metadata::Metadata;

/// Features that are out, or that are not in the standard yet.
const FEATURES_OUT: &[&str] = &[
    // "Out for good"
    "Atomics",
    "Atomics.pause",
    "Atomics.waitAsync",
    "BigInt",
    "Proxy",
    "proxy-missing-checks",
    "SharedArrayBuffer",
    "ShadowRealm",
    "cross-realm",
    // "The library"
    "FinalizationRegistry",
    "Float16Array",
    "WeakRef",
    "arraybuffer-transfer",
    "host-gc-required",
    "immutable-arraybuffer",
    "resizable-arraybuffer",
    "symbols-as-weakmap-keys",
    "uint8array-base64",
    // Editions after ES2023, as far as the library does not have them
    "Array.fromAsync",
    "Error.isError",
    "Iterator.prototype.join",
    "Math.sumPrecise",
    "RegExp.escape",
    "Temporal",
    "await-dictionary",
    "canonical-tz",
    "error-stack-accessor",
    "iterator-chunking",
    "iterator-helpers",
    "iterator-includes",
    "iterator-sequencing",
    "joint-iteration",
    "json-parse-with-source",
    "promise-try",
    "upsert",
    // "Classes", "Statements" and "Modules"
    "decorators",
    "explicit-resource-management",
    "export-defer",
    "import-bytes",
    "import-defer",
    "import-text",
    "nonextensible-applies-to-private",
    "source-phase-imports",
    "source-phase-imports-module-source",
    // "Expressions": regular expressions
    "legacy-regexp",
    "regexp-duplicate-named-groups",
    "regexp-modifiers",
    "regexp-unicode-property-escapes",
    "regexp-v-flag",
    // Sloppy mode and what only browsers and some engines have
    "IsHTMLDDA",
    "caller",
    "tail-call-optimization",
];

/// Flags of tests for sloppy mode, and for agents.
const FLAGS_OUT: &[&str] = &["noStrict", "CanBlockIsFalse", "CanBlockIsTrue"];

/// Codes of refusals that `docs/language.md` states. Not E0001, which is what the standard calls an early error, nor limits.
const REFUSALS: &[&str] =
    &["E0104", "E0201", "E0203", "E0302", "E0304", "E0310", "E0401", "E0405", "E0406", "E0502", "E0503"];

/// What tests are about. The first that fits is theirs.
pub const TIERS: &[&str] = &[
    "early",
    "modules",
    "async",
    "classes",
    "generators",
    "language",
    "array",
    "string",
    "regexp",
    "typed",
    "promise",
    "collections",
    "numbers",
    "objects",
];

/// Why a test is outside of the profile, if its metadata or its text tells.
pub fn outside(metadata: &Metadata, source: &str) -> Option<&'static str> {
    let of = |list: &[&'static str], names: &[String]| {
        list.iter().copied().find(|out| names.iter().any(|name| name == out))
    };
    if let Some(flag) = of(FLAGS_OUT, &metadata.flags) {
        return Some(flag);
    }
    if let Some(feature) = of(FEATURES_OUT, &metadata.features) {
        return Some(feature);
    }
    if ["BigInt64Array", "BigUint64"].iter().any(|name| source.contains(name)) {
        return Some("BigInt");
    }
    // The object by which a test asks the suite's host for realms, agents and detached buffers.
    let host = source.contains("$262") || metadata.includes.iter().any(|file| file == "detachArrayBuffer.js");
    host.then_some("$262")
}

/// The documented code by which the compiler refused a test that it should have run.
pub fn refusal(stderr: &str) -> Option<&'static str> {
    REFUSALS.iter().copied().find(|code| stderr.contains(&format!("error[{code}]")))
}

/// What a test is about.
pub fn tier(path: &str, metadata: &Metadata) -> &'static str {
    let has = |features: &[&str]| metadata.features.iter().any(|name| features.contains(&name.as_str()));
    if metadata.negative.as_ref().is_some_and(|negative| negative.phase != "runtime") {
        return "early";
    }
    if path.starts_with("language/") {
        if metadata.has("module") {
            return "modules";
        }
        if metadata.has("async") || path.contains("async") || has(&["async-functions", "async-iteration"]) {
            return "async";
        }
        if metadata.features.iter().any(|name| name.starts_with("class-")) {
            return "classes";
        }
        if has(&["generators", "Symbol.iterator"]) || path.contains("generator") || path.contains("/for-of/")
        {
            return "generators";
        }
        return "language";
    }
    match path.split('/').nth(1).unwrap_or_default() {
        "Array" | "ArrayIteratorPrototype" => "array",
        "String" | "StringIteratorPrototype" => "string",
        "RegExp" | "RegExpStringIteratorPrototype" => "regexp",
        "ArrayBuffer" | "DataView" | "TypedArray" | "TypedArrayConstructors" => "typed",
        "Map" | "MapIteratorPrototype" | "Set" | "SetIteratorPrototype" | "WeakMap" | "WeakSet" => {
            "collections"
        }
        "Date" | "Math" | "Number" | "parseFloat" | "parseInt" | "isFinite" | "isNaN" => "numbers",
        folder if folder == "Promise" || folder.starts_with("Async") => "promise",
        _ => "objects",
    }
}
