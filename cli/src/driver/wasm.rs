//! Running a WebAssembly module: the platform that a page or another embedder would be.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use wasmtime::{Caller, Config, Engine, Extern, Linker, Module, Store};

use super::process::{Deadline, Outcome, Output, STATUS_CRASH};
use super::{Error, Result};

/// Bytes of machine stack for a module, whose own limit should come first.
const STACK: usize = 2 << 20;

/// A finished run.
#[derive(Debug)]
pub struct Ran {
    pub outcome: Outcome,
    /// Words of `jerboa_stats`, if the module has them.
    pub stats: Option<[u32; 4]>,
}

/// Thrown through the module by `jerboa.exit`.
#[derive(Debug, thiserror::Error)]
#[error("exit with status {0}")]
struct ExitStatus(i32);

/// What the program wrote to descriptors 1 and 2.
type Streams = Arc<Mutex<[Vec<u8>; 2]>>;

/// Runs `_start`. A trap is a crash: its text goes to the program's standard error.
pub fn run(path: &Path, output: Output, deadline: Option<Deadline>) -> Result<Ran> {
    let fail = |e: wasmtime::Error| Error::Wasm { reason: format!("{e:#}") };
    let mut config = Config::new();
    config.epoch_interruption(deadline.is_some());
    config.max_wasm_stack(STACK);
    let engine = Engine::new(&config).map_err(fail)?;
    let bytes = std::fs::read(path).map_err(Error::io(path))?;
    let module = Module::new(&engine, bytes).map_err(fail)?;

    let streams = Streams::default();
    let mut linker = Linker::new(&engine);
    let sink = Arc::clone(&streams);
    linker
        .func_wrap("jerboa", "write", move |mut caller: Caller<'_, ()>, fd: u32, at: u32, len: u32| {
            let memory = caller.get_export("memory").and_then(Extern::into_memory);
            let bytes =
                memory.and_then(|memory| memory.data(&caller).get(at as usize..)?.get(..len as usize));
            let bytes =
                bytes.ok_or_else(|| wasmtime::Error::msg("jerboa.write: the text is not in memory"))?;
            write(output, &sink, fd, bytes);
            Ok(())
        })
        .map_err(fail)?;
    linker
        .func_wrap("jerboa", "now", || {
            let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            since.map_or(0.0, |since| since.as_millis() as f64)
        })
        .map_err(fail)?;
    linker
        .func_wrap("jerboa", "exit", |status: u32| -> wasmtime::Result<()> {
            Err(ExitStatus(status as i32).into())
        })
        .map_err(fail)?;

    let mut store = Store::new(&engine, ());
    if let Some(deadline) = deadline {
        store.set_epoch_deadline(1);
        let engine = engine.clone();
        let left = deadline.left()?;
        thread::spawn(move || {
            thread::sleep(left);
            engine.increment_epoch();
        });
    }
    let instance = linker.instantiate(&mut store, &module).map_err(fail)?;
    let start = instance.get_typed_func::<(), ()>(&mut store, "_start").map_err(fail)?;
    let status = match start.call(&mut store, ()) {
        Ok(()) => 0,
        Err(error) => match error.downcast_ref::<ExitStatus>() {
            Some(ExitStatus(status)) => *status,
            None => {
                if let Some(deadline) = deadline {
                    deadline.left()?;
                }
                write(
                    output,
                    &streams,
                    2,
                    format!("jerboa: machine fault: {}\n", error.root_cause()).as_bytes(),
                );
                STATUS_CRASH
            }
        },
    };
    let stats = stats(&instance, &mut store);
    let [stdout, stderr] = std::mem::take(&mut *streams.lock().expect("no writer panics"));
    Ok(Ran { outcome: Outcome { status, stdout, stderr }, stats })
}

fn write(output: Output, streams: &Streams, fd: u32, bytes: &[u8]) {
    // A closed stream has no reader that could be told.
    let _: io::Result<()> = match (output, fd) {
        (Output::Inherit, 2) => io::stderr().write_all(bytes),
        (Output::Inherit, _) => {
            let mut stdout = io::stdout().lock();
            stdout.write_all(bytes).and_then(|()| stdout.flush())
        }
        (Output::Capture, _) => {
            streams.lock().expect("no writer panics")[usize::from(fd == 2)].extend_from_slice(bytes);
            Ok(())
        }
    };
}

/// The exported symbol is a global that holds the address.
fn stats(instance: &wasmtime::Instance, store: &mut Store<()>) -> Option<[u32; 4]> {
    let address = instance.get_global(&mut *store, "jerboa_stats")?.get(&mut *store).i32()?;
    let memory = instance.get_memory(&mut *store, "memory")?;
    let bytes = memory.data(&*store).get(address as usize..)?.get(..16)?;
    Some(super::count::words(bytes))
}
