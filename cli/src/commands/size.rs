//! `jerboa size`: says what the bytes of an image are for.
use super::build::Builder;
use crate::arguments::{SizeArgs, SizeBy};
use crate::compile;
use crate::driver::image::{Image, Symbol, SymbolKind};
use crate::driver::process::ScratchFolder;
use crate::driver::target::Registry;
use crate::failure::Failure;
use anyhow::Context;
use jerboa_ir::Module;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// What an image takes, in bytes.
#[derive(serde::Serialize, serde::Deserialize, Clone, Default, PartialEq, Debug)]
struct Report {
    flash: u64,
    ram_static: u64,
    parts: BTreeMap<String, u64>,
}

/// Builds the program (or takes a linked image as it is) and prints its bytes by part.
pub fn run(registry: &Registry, args: &SizeArgs) -> Result<u8, Failure> {
    let file = &args.program.file;
    let is_source = file.extension().is_some_and(|e| ["js", "mjs", "ts", "mts"].iter().any(|s| e == *s));
    let scratch = ScratchFolder::new()?;
    let report = if is_source {
        let target = registry.load(compile::target_name(&args.program))?;
        let module = compile::module(file)?;
        let mut builder = Builder {
            registry,
            args: &args.program,
            target: &target,
            module: &module,
            scratch: &scratch,
            image: None,
        };
        let image = Image::open(&builder.link()?.path)?;
        report(&image, args.by, Some(&module))?
    } else {
        report(&Image::open(file)?, args.by, None)?
    };
    let old = args.diff.as_deref().map(|path| old_report(path, args.by)).transpose()?;
    let text = match (&old, args.json) {
        (None, false) => table(&report),
        (Some(old), false) => changes(old, &report),
        (None, true) => to_json(&report)?,
        (Some(old), true) => to_json(&serde_json::json!({ "old": old, "new": report }))?,
    };
    std::io::stdout().write_all(text.as_bytes()).map_err(anyhow::Error::from)?;
    Ok(0)
}

fn to_json(value: &impl serde::Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(value).map_err(anyhow::Error::from)? + "\n")
}

/// What was printed before as JSON, or what an image has.
fn old_report(path: &Path, by: SizeBy) -> Result<Report, Failure> {
    if path.extension().is_some_and(|e| e == "json") {
        let text = std::fs::read_to_string(path).with_context(|| format!("reading `{}`", path.display()))?;
        let report = serde_json::from_str(&text)
            .with_context(|| format!("`{}` is not what `jerboa size --json` prints", path.display()))?;
        return Ok(report);
    }
    report(&Image::open(path)?, by, None)
}

fn report(image: &Image, by: SizeBy, module: Option<&Module>) -> Result<Report, Failure> {
    let sizes = image.sizes()?;
    let mut parts: BTreeMap<String, u64> = BTreeMap::new();
    let mut named = 0;
    let mut end = 0;
    let mut symbols = image.symbols()?;
    // Several names may stand for one place, and a part of a function may have a name of its own.
    symbols.sort_by_key(|symbol| (symbol.address & !1, std::cmp::Reverse(symbol.size)));
    for symbol in symbols {
        let address = symbol.address & !1;
        if address < end {
            continue;
        }
        end = address + symbol.size;
        if symbol.kind != SymbolKind::Variable {
            named += symbol.size;
        }
        *parts.entry(label(&symbol, by, module)).or_default() += symbol.size;
    }
    if let Some(rest) = sizes.flash.checked_sub(named).filter(|rest| *rest > 0) {
        parts.insert("without a name: tables of constants, padding".into(), rest);
    }
    Ok(Report { flash: sizes.flash, ram_static: sizes.ram_static, parts })
}

fn table(report: &Report) -> String {
    let mut text = format!("{:>9}  flash\n{:>9}  static RAM\n", report.flash, report.ram_static);
    let mut rows: Vec<_> = report.parts.iter().collect();
    rows.sort_by_key(|(name, size)| (std::cmp::Reverse(**size), *name));
    for (name, size) in rows {
        text.push_str(&format!("{size:>9}  {name}\n"));
    }
    text
}

/// The rows that differ, the largest change first.
fn changes(old: &Report, new: &Report) -> String {
    let change = |before: u64, after: u64| after as i64 - before as i64;
    let mut text = format!(
        "{:>+9}  {:>9}  flash\n{:>+9}  {:>9}  static RAM\n",
        change(old.flash, new.flash),
        new.flash,
        change(old.ram_static, new.ram_static),
        new.ram_static
    );
    let of = |report: &Report, name: &str| report.parts.get(name).copied().unwrap_or(0);
    let mut rows: Vec<(i64, u64, &str)> = old
        .parts
        .keys()
        .chain(new.parts.keys().filter(|name| !old.parts.contains_key(*name)))
        .map(|name| (change(of(old, name), of(new, name)), of(new, name), name.as_str()))
        .filter(|(change, ..)| *change != 0)
        .collect();
    rows.sort_by_key(|(change, _, name)| (std::cmp::Reverse(change.abs()), *name));
    for (change, size, name) in rows {
        text.push_str(&format!("{change:>+9}  {size:>9}  {name}\n"));
    }
    text
}

/// The row that a symbol belongs to.
fn label(symbol: &Symbol, by: SizeBy, module: Option<&Module>) -> String {
    let name = symbol.name.as_str();
    match by {
        SizeBy::Runtime => part(name).into(),
        SizeBy::Function => function_name(name, module),
        SizeBy::Module => match rust_path(name) {
            Some(path) => match path.as_slice() {
                [krate, _] | [krate] => krate.clone(),
                [krate, module, ..] => format!("{krate}::{module}"),
                [] => part(name).into(),
            },
            None => match name.strip_prefix("jrt_n_").and_then(|name| name.split('_').next()) {
                Some(group) => format!("jerboa_library: jrt_n_{group}"),
                None => part(name).into(),
            },
        },
    }
}

/// The name of a function as its author knows it.
fn function_name(symbol: &str, module: Option<&Module>) -> String {
    let number = symbol.strip_prefix("jf_").or_else(|| symbol.strip_prefix("jw_"));
    let function = number
        .and_then(|number| number.parse::<usize>().ok())
        .and_then(|number| module?.functions.get(number).map(|function| (module, function)));
    if let Some((Some(module), function)) = function {
        let own_name = function
            .name
            .map_or("<anonymous>".into(), |name| String::from_utf8_lossy(module.string(name)).into_owned());
        return format!("{symbol}: {own_name} (line {})", function.loc.line);
    }
    rust_path(symbol).map_or_else(|| symbol.to_owned(), |path| path.join("::"))
}

/// The path in a symbol of Rust's, which is `_ZN`, each name after its length, and `E`; the last is a hash. Names of
/// `impl` blocks are left out.
fn rust_path(symbol: &str) -> Option<Vec<String>> {
    let mut rest = symbol.strip_prefix("_ZN")?;
    let mut path = Vec::new();
    while !rest.starts_with('E') {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let len: usize = rest[..digits].parse().ok()?;
        let name = rest.get(digits..digits + len)?;
        rest = &rest[digits + len..];
        let is_hash = len == 17 && name.starts_with('h') && rest.starts_with('E');
        if !is_hash && !name.contains('$') {
            path.push(name.to_owned());
        }
    }
    Some(path)
}

/// The part of the system that a symbol belongs to.
fn part(symbol: &str) -> &'static str {
    match symbol {
        "jerboa_image" => "program: constants, shapes, built-in objects, bytecode",
        _ if symbol.starts_with("jf_") || symbol.starts_with("jw_") => "program: machine code",
        "jerboa_natives" | "jerboa_functions" | "jerboa_helpers" | "jerboa_raw_globals" => "program: tables",
        _ if symbol.starts_with("jrt_n_") || symbol.contains("library") => "library",
        _ if symbol.starts_with("jrt_") => "runtime: entry points",
        _ if symbol.contains("interp") => "runtime: interpreter",
        _ if symbol.starts_with("jerboa_part.") || symbol.starts_with("jerboa_instead.") => "runtime: core",
        _ if symbol.contains("jerboa_rt_image") => "start-up, console",
        _ if symbol.contains("jerboa_rt") => "runtime: core",
        _ if symbol.starts_with("jerboa_") => "start-up, console",
        _ if symbol.starts_with("__aeabi")
            || symbol.contains("compiler_builtins")
            || symbol.contains("libm") =>
        {
            "soft float, memory functions"
        }
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        assert_eq!(part("jf_3"), "program: machine code");
        assert_eq!(part("jrt_n_math_floor"), "library");
        assert_eq!(part("jrt_add"), "runtime: entry points");
        assert_eq!(part("__aeabi_dadd"), "soft float, memory functions");
    }

    #[test]
    fn paths_of_rust_have_no_hash_and_no_impl() {
        let symbol =
            "_ZN9jerboa_rt5error35_$LT$impl$u20$jerboa_rt..vm..Vm$GT$14describe_stack17h0123456789abcdefE";
        assert_eq!(rust_path(symbol).unwrap().join("::"), "jerboa_rt::error::describe_stack");
        assert_eq!(rust_path("jrt_add"), None);
        assert_eq!(rust_path("_ZN99cut"), None);
    }

    #[test]
    fn a_difference_lists_what_came_and_went() {
        let report = |flash, parts: &[(&str, u64)]| Report {
            flash,
            ram_static: 8,
            parts: parts.iter().map(|(name, size)| ((*name).to_owned(), *size)).collect(),
        };
        let text = changes(&report(30, &[("a", 10), ("b", 20)]), &report(25, &[("b", 20), ("c", 5)]));
        let rows: Vec<Vec<&str>> = text.lines().map(|row| row.split_whitespace().collect()).collect();
        assert_eq!(rows[0], ["-5", "25", "flash"]);
        assert_eq!(rows[2], ["-10", "0", "a"]);
        assert_eq!(rows[3], ["+5", "5", "c"]);
        assert_eq!(rows.len(), 4);
    }
}
