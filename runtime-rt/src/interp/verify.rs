pub enum VerifyError {}
impl core::fmt::Debug for VerifyError { fn fmt(&self, _: &mut core::fmt::Formatter<'_>) -> core::fmt::Result { Ok(()) } }
pub fn verify(_: &[u8]) -> Result<(), VerifyError> { Ok(()) }
