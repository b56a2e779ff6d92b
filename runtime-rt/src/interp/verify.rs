//! What an image must pass before its bytecode runs.
pub enum VerifyError {}
pub fn verify(_: &[u8]) -> Result<(), VerifyError> {
    Ok(())
}
