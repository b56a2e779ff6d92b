//! `jerboa size`: says what the bytes of an image are for.
use super::build::Builder;
use crate::arguments::SizeArgs;
use crate::compile;
use crate::driver::image::Image;
use crate::driver::process::ScratchFolder;
use crate::driver::target::Registry;
use crate::failure::Failure;
use std::collections::BTreeMap;
use std::io::Write;

/// Builds the program (or takes a linked image as it is) and prints its bytes by part.
pub fn run(registry: &Registry, args: &SizeArgs) -> Result<u8, Failure> {
    let file = &args.program.file;
    let is_source = file.extension().is_some_and(|e| ["js", "mjs", "ts", "mts"].iter().any(|s| e == *s));
    let scratch = ScratchFolder::new()?;
    let image = if is_source {
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
        Image::open(&builder.link()?.path)?
    } else {
        Image::open(file)?
    };
    let sizes = image.sizes()?;
    let mut parts: BTreeMap<&'static str, u64> = BTreeMap::new();
    for symbol in image.symbols()? {
        *parts.entry(part(&symbol.name)).or_default() += symbol.size;
    }
    let text = if args.json {
        let value =
            serde_json::json!({ "flash": sizes.flash, "ram_static": sizes.ram_static, "parts": parts });
        serde_json::to_string_pretty(&value).map_err(anyhow::Error::from)? + "\n"
    } else {
        let mut text = format!("{:>9}  flash\n{:>9}  static RAM\n", sizes.flash, sizes.ram_static);
        let mut rows: Vec<_> = parts.into_iter().collect();
        rows.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        for (name, size) in rows {
            text.push_str(&format!("{size:>9}  {name}\n"));
        }
        text
    };
    std::io::stdout().write_all(text.as_bytes()).map_err(anyhow::Error::from)?;
    Ok(0)
}

/// The part of the system that a symbol belongs to.
fn part(symbol: &str) -> &'static str {
    match symbol {
        "jerboa_image" => "program: constants, shapes, built-in objects, bytecode",
        _ if symbol.starts_with("jf_") || symbol.starts_with("jw_") => "program: machine code",
        "jerboa_natives" | "jerboa_functions" | "jerboa_raw_globals" => "program: tables",
        _ if symbol.starts_with("jrt_n_") || symbol.contains("library") => "library",
        _ if symbol.starts_with("jrt_") => "runtime: entry points",
        _ if symbol.contains("interp") => "runtime: interpreter",
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
    use super::part;

    #[test]
    fn parts() {
        assert_eq!(part("jf_3"), "program: machine code");
        assert_eq!(part("jrt_n_math_floor"), "library");
        assert_eq!(part("jrt_add"), "runtime: entry points");
        assert_eq!(part("__aeabi_dadd"), "soft float, memory functions");
    }
}
