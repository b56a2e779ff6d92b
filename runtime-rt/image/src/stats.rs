//! Figures that the runtime leaves behind for whoever runs the image.
//!
//! Nothing is printed and no code is spent on them: on an emulated device the driver reads the words from memory
//! when the program passes `jerboa_mark_end`; on the host they are written to the file that the environment variable
//! `JERBOA_STATS_FILE` names; in wasm the symbol is exported.

use core::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// The words of `jerboa_stats`, in order. The layout is shared with the driver (`cli/src/driver/count.rs`).
#[repr(C)]
pub struct Stats {
    /// Size of the arena in bytes.
    pub heap_size: AtomicU32,
    /// Most bytes in use at one time.
    pub heap_peak: AtomicU32,
    /// Number of collections.
    pub collections: AtomicU32,
    /// Deepest use of the machine stack in bytes; 0 where nobody measured it.
    pub stack_peak: AtomicU32,
    /// Kept for later figures.
    pub reserved: [AtomicU32; 4],
}

/// Statistics of this image; zero until the runtime stores into them.
#[unsafe(no_mangle)]
pub static jerboa_stats: Stats = Stats {
    heap_size: AtomicU32::new(0),
    heap_peak: AtomicU32::new(0),
    collections: AtomicU32::new(0),
    stack_peak: AtomicU32::new(0),
    reserved: [const { AtomicU32::new(0) }; 4],
};

/// Records the figures of the heap.
pub fn record_heap(size: u32, peak: u32, collections: u32) {
    jerboa_stats.heap_size.store(size, Relaxed);
    jerboa_stats.heap_peak.store(peak, Relaxed);
    jerboa_stats.collections.store(collections, Relaxed);
}
