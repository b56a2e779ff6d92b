//! Benchmark programs and the committed snapshots of what they cost: `sizes.txt`, `counts.txt` and `heaps.txt`, in bytes and executed
//! instructions. `./x bench sizes`, `counts` and `heaps` write them; the code is in `xtask`. `programs/` are for devices, `host/`
//! for this machine and browsers.
