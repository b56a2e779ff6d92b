//! The configurations: which engine, on which target, and how the collector behaves.

/// One way to run a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Name in filters, reports and `// skip:` directives.
    pub name: &'static str,
    /// Value of `jerboa run --target`.
    pub target: &'static str,
    /// Value of `jerboa run --engine`.
    pub engine: &'static str,
    /// Whether every allocation moves everything (`--gc-stress`).
    pub gc_stress: bool,
    /// Whether the program is run again and again with each allocation failing, and with each depth of stack (`--sweep`).
    pub sweep: bool,
    /// Whether it is run when `--config` names nothing.
    pub by_default: bool,
}

const fn config(name: &'static str, target: &'static str, engine: &'static str) -> Config {
    Config { name, target, engine, gc_stress: false, sweep: false, by_default: true }
}

/// All configurations, in the order in which they are run: the cheap ones first.
pub const CONFIGS: &[Config] = &[
    config("bytecode", "host", "bytecode"),
    config("aot", "host", "aot"),
    config("wasm", "wasm32", "wasm"),
    Config { gc_stress: true, ..config("bytecode-gc", "host", "bytecode") },
    Config { gc_stress: true, ..config("aot-gc", "host", "aot") },
    Config { sweep: true, ..config("sweep-bytecode", "host", "bytecode") },
    Config { sweep: true, ..config("sweep-aot", "host", "aot") },
    config("m4-bytecode", "mps2-an386", "bytecode"),
    config("m4-aot", "mps2-an386", "aot"),
    config("rv32-bytecode", "rv32-virt", "bytecode"),
    config("rv32-aot", "rv32-virt", "aot"),
    Config { by_default: false, ..config("m3-bytecode", "mps2-an385", "bytecode") },
    Config { by_default: false, ..config("m3-aot", "mps2-an385", "aot") },
    Config { by_default: false, ..config("m33-bytecode", "mps2-an505", "bytecode") },
    Config { by_default: false, ..config("m33-aot", "mps2-an505", "aot") },
    Config { by_default: false, ..config("m4-bytecode-gc", "mps2-an386", "bytecode").stressed() },
    Config { by_default: false, ..config("m4-aot-gc", "mps2-an386", "aot").stressed() },
    Config { by_default: false, ..config("wasm-gc", "wasm32", "wasm").stressed() },
];

/// The configuration that checks the diagnostics; it runs no program.
pub const DIAGNOSTICS: Config = config("diagnostics", "host", "bytecode");

impl Config {
    const fn stressed(self) -> Config {
        Config { gc_stress: true, ..self }
    }

    /// Whether `word` of a `--config` list chooses this configuration: its name, its engine's group
    /// (`host`, `device`, `gc`, `sweep`) or `all`.
    pub fn is_chosen_by(&self, word: &str) -> bool {
        match word {
            "all" => true,
            "host" => {
                self.by_default && matches!(self.target, "host" | "wasm32") && !self.gc_stress && !self.sweep
            }
            "device" => self.by_default && !matches!(self.target, "host" | "wasm32"),
            "gc" => self.by_default && self.gc_stress,
            "sweep" => self.sweep,
            name => self.name == name,
        }
    }

    /// Arguments of `jerboa` that run `path` in a heap of `heap` bytes.
    pub fn arguments(&self, path: &str, heap: u32) -> Vec<String> {
        let heap = heap.to_string();
        let mut arguments: Vec<String> =
            ["run", path, "-t", self.target, "--engine", self.engine, "--heap", &heap]
                .map(str::to_string)
                .to_vec();
        if self.gc_stress {
            arguments.push("--gc-stress".to_string());
        }
        if self.sweep {
            arguments.push("--sweep".to_string());
        }
        arguments
    }
}

/// The configurations that `words` choose (those run by default if there are none), in running order;
/// an `Err` holds the first word that chooses nothing.
pub fn choose(words: &[String]) -> Result<Vec<Config>, String> {
    let all = || CONFIGS.iter().chain([&DIAGNOSTICS]);
    if words.is_empty() {
        return Ok(all().filter(|config| config.by_default).copied().collect());
    }
    if let Some(unknown) = words.iter().find(|word| !all().any(|config| config.is_chosen_by(word))) {
        return Err(unknown.clone());
    }
    Ok(all().filter(|config| words.iter().any(|word| config.is_chosen_by(word))).copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Vec<&'static str> {
        let words: Vec<String> = words.iter().map(|word| word.to_string()).collect();
        choose(&words).unwrap().iter().map(|config| config.name).collect()
    }

    #[test]
    fn groups_and_names_choose_in_running_order() {
        assert_eq!(names(&["m4-aot", "bytecode"]), ["bytecode", "m4-aot"]);
        assert_eq!(names(&["gc"]), ["bytecode-gc", "aot-gc"]);
        assert_eq!(names(&["host"]), ["bytecode", "aot", "wasm", "diagnostics"]);
        assert_eq!(names(&["sweep"]), ["sweep-bytecode", "sweep-aot"]);
        assert_eq!(names(&[]).len(), 12);
        assert_eq!(choose(&["m5".to_string()]), Err("m5".to_string()));
    }

    #[test]
    fn arguments_state_everything() {
        let stress = CONFIGS.iter().find(|config| config.name == "aot-gc").unwrap();
        assert_eq!(
            stress.arguments("a.js", 8192).join(" "),
            "run a.js -t host --engine aot --heap 8192 --gc-stress"
        );
    }
}
