//! `jerboa check`: reports what is wrong with programs.
use crate::arguments::CheckArgs;
use crate::compile;
use crate::failure::{Failure, STATUS_REFUSED};

/// Checks each file; all of them are reported.
pub fn run(args: &CheckArgs) -> Result<u8, Failure> {
    let mut refused = false;
    for file in &args.files {
        match compile::module(file) {
            Ok(_) => {}
            Err(failure @ Failure::Refused(_)) => {
                failure.print();
                refused = true;
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(if refused { STATUS_REFUSED } else { 0 })
}
