//! Benchmark programs and the committed snapshots of what they cost: `sizes.txt` and `counts.txt`, in bytes and executed
//! instructions. `./x bench sizes` and `counts` write them (`heaps` measures memory); the code is in `xtask`. `programs/` are for devices, `host/`
//! for this machine and browsers.
