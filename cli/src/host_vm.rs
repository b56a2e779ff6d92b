//! Running bytecode in this process: the VM, its memory and its platform functions.
use crate::driver;
use crate::driver::count::Heap;
use crate::failure::{Failure, STATUS_FAILED, STATUS_STOPPED};
use evaluate::Evaluation;
use jerboa_backend_bytecode::{Extensible, Image};
use jerboa_rt::{ImageError, NativeFn, Vm};
use std::io::{BufWriter, Stdout, Write};
use std::process;
use std::sync::{LazyLock, Mutex, mpsc};
use std::time::Duration;

mod evaluate;

/// Arena that a program gets on the host unless it is told otherwise.
const DEFAULT_HEAP: u64 = 256 << 20;

/// Limits of a run.
pub struct Options {
    /// Bytes of the arena, without the stack if that has a size of its own.
    pub heap: Option<u64>,
    /// Bytes of the VM's stack area.
    pub stack: Option<u64>,
    /// Calls and loop turns.
    pub fuel: Option<u64>,
    /// Time.
    pub limit: Option<Duration>,
}

/// What came of it.
pub struct Ran {
    /// Exit status.
    pub status: u8,
    /// Figures of the collector.
    pub heap: Heap,
    /// Deepest use of both stacks, in bytes.
    pub stack_peak: u32,
}

/// Memory below 4 GiB, for the life of the process.
fn low_memory(bytes: usize) -> Result<*mut u8, Failure> {
    // SAFETY: an anonymous mapping at an address of the system's choice touches nothing that exists.
    let address = unsafe {
        libc::mmap(
            std::ptr::null_mut(),
            bytes.max(1),
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_32BIT | libc::MAP_NORESERVE,
            -1,
            0,
        )
    };
    if address == libc::MAP_FAILED {
        let error = std::io::Error::last_os_error();
        return Err(anyhow::anyhow!(
            "no {bytes} bytes of memory below 4 GiB: {error}; give a smaller --heap"
        )
        .into());
    }
    Ok(address.cast())
}

/// Loads an image, runs its program and reports an uncaught exception.
///
/// With an extensible image, the program may evaluate code.
pub fn run(image: &Image, extensible: Option<Extensible>, options: &Options) -> Result<Ran, Failure> {
    let natives = &image.natives;
    let image = &image.bytes[..];
    let room = if extensible.is_some() { Extensible::MAX_BYTES } else { image.len() };
    let place = low_memory(room)?;
    // SAFETY: the mapping is at least as long as the image, fresh, and lives as long as the process.
    let image: &'static [u8] = unsafe {
        std::ptr::copy_nonoverlapping(image.as_ptr(), place, image.len());
        std::slice::from_raw_parts(place, image.len())
    };
    let bytes = options.heap.unwrap_or(DEFAULT_HEAP).saturating_add(options.stack.unwrap_or(0));
    let heap = usize::try_from(bytes).unwrap_or(usize::MAX);
    if heap >= 1 << 31 {
        return Err(anyhow::anyhow!("--heap and --stack can be at most 2 GiB less one byte together").into());
    }
    let stack = options.stack.map(|bytes| bytes as u32);
    let arena = std::ptr::slice_from_raw_parts_mut(low_memory(heap)?, heap);
    let functions: Vec<NativeFn> = natives.iter().map(|n| jerboa_library::NATIVES[*n as usize]).collect();
    let functions = functions.leak();
    jerboa_rt::interp::verify(image).map_err(|e| anyhow::anyhow!("the image is damaged: {e:?}"))?;
    // SAFETY: image and arena are mapped below 4 GiB for the life of the process and used by this VM only; the functions
    // are those that the image names, in its order; its code was verified.
    let vm = unsafe {
        let options = jerboa_rt::Options { stack, ..jerboa_rt::Options::default() };
        Vm::new(image, arena, functions.as_ptr(), functions.len() as u32, options)
    };
    let mut vm = vm.map_err(|e| match e {
        ImageError::ArenaTooSmall => {
            anyhow::anyhow!("the program's variables do not fit; give a larger --heap")
        }
        e => anyhow::anyhow!("the image does not load: {e:?}"),
    })?;
    // SAFETY: the interpreter keeps to the VM's conventions.
    unsafe { jerboa_rt::interp::attach(&mut vm) };
    let mut evaluation = extensible.map(|extensible| Evaluation { extensible, place });
    if let Some(evaluation) = &mut evaluation {
        vm.set_host((&raw mut *evaluation).cast());
        // SAFETY: the image lies in a mapping of its own with room for the largest; the evaluator keeps to the conditions.
        unsafe { vm.set_evaluator(evaluate::EVALUATOR) };
    }
    vm.seed_random(random_seed());
    vm.set_fuel(options.fuel);
    let watchdog = options.limit.map(|limit| Watchdog::start(&mut vm, limit));
    let outcome = vm.run_entry();
    #[cfg(feature = "opcode-counts")]
    print_opcode_counts();
    let stopped = watchdog.is_some_and(Watchdog::stop);
    let status = match outcome {
        Ok(()) => 0,
        Err(_) if stopped => {
            flush();
            let limit = options.limit.unwrap_or_default();
            return Err(driver::Error::TimeLimit { limit }.into());
        }
        Err(_) if vm.pending().is_none() => {
            flush();
            eprintln!("error: the program used up its fuel");
            STATUS_STOPPED
        }
        Err(_) => {
            jerboa_rt::report::uncaught(&mut vm);
            STATUS_FAILED
        }
    };
    flush();
    let statistics = vm.statistics();
    Ok(Ran {
        status,
        heap: Heap {
            size: statistics.heap_size,
            peak: statistics.heap_peak,
            collections: statistics.collections,
        },
        stack_peak: statistics.stack_peak,
    })
}

/// Prints the pairs of instructions that ran most often, with their share in per cent.
#[cfg(feature = "opcode-counts")]
fn print_opcode_counts() {
    let mut pairs: Vec<_> = jerboa_rt::interp::counts::pairs().collect();
    let total: usize = pairs.iter().map(|(.., count)| count).sum();
    pairs.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
    eprintln!("{total} instructions");
    for (first, second, count) in pairs.iter().take(40) {
        let share = 100.0 * *count as f64 / total as f64;
        eprintln!("{share:6.2} {count:>10}  {} + {}", first.info().name, second.info().name);
    }
}

/// A number that differs from run to run, for `Math.random`.
fn random_seed() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish()
}

/// How often a VM is asked to stop before the process is ended, 20 ms apart.
const GRACE: u32 = 50;

/// Interrupts a VM when its time is over.
struct Watchdog {
    done: mpsc::Sender<()>,
    thread: std::thread::JoinHandle<bool>,
}

/// A pointer that another thread may use to interrupt.
struct Interruptible(*mut Vm);
// SAFETY: `Vm::interrupt` is made to be called from other threads, and is all that is done with it.
unsafe impl Send for Interruptible {}

impl Watchdog {
    fn start(vm: &mut Vm, limit: Duration) -> Watchdog {
        let (done, wait) = mpsc::channel();
        let vm = Interruptible(vm);
        let thread = std::thread::spawn(move || {
            let vm = vm;
            if wait.recv_timeout(limit) != Err(mpsc::RecvTimeoutError::Timeout) {
                return false;
            }
            for _ in 0..GRACE {
                // SAFETY: the VM lives until `stop` has joined this thread. Asking again covers a lost race with the
                // interpreter's own countdown.
                unsafe { Vm::interrupt(vm.0) };
                match wait.recv_timeout(Duration::from_millis(20)) {
                    Err(mpsc::RecvTimeoutError::Timeout) => {}
                    _ => return true,
                }
            }
            // It is in a built-in function that asks nobody, and nothing that it holds outlives the process.
            if let Ok(mut out) = STDOUT.try_lock() {
                let _ = out.flush();
            }
            let failure = Failure::Driver(driver::Error::TimeLimit { limit });
            failure.print();
            process::exit(i32::from(failure.status()))
        });
        Watchdog { done, thread }
    }

    /// Ends the watch; whether it interrupted.
    fn stop(self) -> bool {
        // The thread has ended already if nobody listens.
        let _ = self.done.send(());
        self.thread.join().unwrap_or(false)
    }
}

static STDOUT: LazyLock<Mutex<BufWriter<Stdout>>> =
    LazyLock::new(|| Mutex::new(BufWriter::with_capacity(1 << 16, std::io::stdout())));

/// Writes out what the program printed.
fn flush() {
    if let Ok(mut out) = STDOUT.lock() {
        // A closed pipe ends the program's output, not the program.
        let _ = out.flush();
    }
}

/// Platform function of the runtime: writes to descriptor 1 or 2.
///
/// # Safety
/// `ptr` points to `len` readable bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn jerboa_platform_write(fd: u32, ptr: *const u8, len: usize) {
    // SAFETY: the caller's promise.
    let bytes = unsafe { std::slice::from_raw_parts(ptr, len) };
    // A closed pipe ends the program's output, not the program.
    let _ = if fd == 2 {
        flush();
        std::io::stderr().write_all(bytes)
    } else {
        STDOUT.lock().map_or(Ok(()), |mut out| out.write_all(bytes))
    };
}

/// Platform function of the runtime: milliseconds since 1970-01-01T00:00Z.
#[unsafe(no_mangle)]
extern "C" fn jerboa_platform_now() -> f64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0.0, |since| since.as_millis() as f64)
}

/// Platform function of the runtime: ends the process.
#[unsafe(no_mangle)]
extern "C" fn jerboa_platform_exit(status: u32) -> ! {
    flush();
    process::exit(status as i32)
}
