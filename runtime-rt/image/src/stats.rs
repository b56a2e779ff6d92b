//! Figures that the runtime leaves behind for whoever runs the image.
//!
//! Nothing is printed, and they take no memory: if the program has passed `jerboa_mark_end`, the driver reads the words of an
//! emulated device from the start of the arena, which nobody needs then; on the host they are written to the file that the
//! environment variable `JERBOA_STATS_FILE` names; in wasm the symbol is exported.

use core::sync::atomic::{AtomicU32, Ordering::Relaxed};

use jerboa_rt::vm::Statistics;

/// The words of `jerboa_stats`, in order. The layout is shared with the driver (`cli/src/driver/count.rs`).
#[repr(C)]
pub struct Stats {
    /// Size of the heap in bytes.
    pub heap_size: AtomicU32,
    /// Most bytes in use at one time.
    pub heap_peak: AtomicU32,
    /// Number of collections.
    pub collections: AtomicU32,
    /// Most bytes of the VM's stack area that were seen in use.
    pub stack_peak: AtomicU32,
}

// The linker script puts it at the start of the arena.
#[cfg(target_os = "none")]
unsafe extern "C" {
    safe static jerboa_stats: Stats;
}

/// Statistics of this image; zero until the runtime stores into them.
#[cfg(not(target_os = "none"))]
#[unsafe(no_mangle)]
pub static jerboa_stats: Stats = Stats {
    heap_size: AtomicU32::new(0),
    heap_peak: AtomicU32::new(0),
    collections: AtomicU32::new(0),
    stack_peak: AtomicU32::new(0),
};

/// Records what the runtime counted. The VM is not used afterwards.
pub fn record(statistics: &Statistics) {
    jerboa_stats.heap_size.store(statistics.heap_size, Relaxed);
    jerboa_stats.heap_peak.store(statistics.heap_peak, Relaxed);
    jerboa_stats.collections.store(statistics.collections, Relaxed);
    jerboa_stats.stack_peak.store(statistics.stack_peak, Relaxed);
}
