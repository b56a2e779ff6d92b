//! The `jerboa` command.

mod driver;

fn main() {}
