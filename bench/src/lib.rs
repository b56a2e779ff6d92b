//! Benchmark programs (`programs/`) and the committed snapshots of what they cost: `sizes.txt` and `counts.txt`, in bytes and
//! executed instructions. `./x bench sizes` and `./x bench counts` write them; the code is in `xtask`.
