//! Writing to the platform's output.

use jerboa_rt::gate;

#[cfg(not(test))]
unsafe extern "C" {
    /// Writes `len` bytes to descriptor 1 or 2. The embedder provides it; it does not fail.
    fn jerboa_platform_write(fd: u32, ptr: *const u8, len: usize);
}

/// Bytes that are gathered before the platform is called: on a device none, where a call is not one of an operating system,
/// and code and stack are dear.
const BUFFER: usize = if cfg!(target_os = "none") { 0 } else { 32 };

/// A line that is being written, through a small buffer, so that it takes few calls of the platform.
pub(super) struct Output {
    fd: u32,
    len: usize,
    buffer: [u8; BUFFER],
}

gate! {
    /// Writes WTF-8; lone surrogates become U+FFFD.
    if Surrogates, fn write_well_formed(out: &mut Output, text: &[u8]) -> () {
        let mut rest = text;
        let mut at = 0;
        while let Some(byte) = rest.get(at) {
            if *byte == 0xed && rest.get(at + 1).is_some_and(|next| *next >= 0xa0) {
                out.write(rest.get(..at).unwrap_or_default());
                out.write("\u{fffd}".as_bytes());
                rest = rest.get(at + 3..).unwrap_or_default();
                at = 0;
            } else {
                at += 1;
            }
        }
        out.write(rest);
    } else {
        out.write(text);
    }
}

impl Output {
    /// Starts a line.
    pub(super) fn new(fd: u32) -> Output {
        Output { fd, len: 0, buffer: [0; BUFFER] }
    }

    /// Writes WTF-8; lone surrogates become U+FFFD.
    pub(super) fn push(&mut self, text: &[u8]) {
        write_well_formed(self, text);
    }

    /// Writes text without lone surrogates.
    fn write(&mut self, bytes: &[u8]) {
        if BUFFER == 0 {
            return self.send(bytes);
        }
        if let Some(space) = self.buffer.get_mut(self.len..self.len + bytes.len()) {
            space.copy_from_slice(bytes);
            self.len += bytes.len();
            return;
        }
        self.flush();
        match self.buffer.get_mut(..bytes.len()) {
            Some(space) => {
                space.copy_from_slice(bytes);
                self.len = bytes.len();
            }
            None => self.send(bytes),
        }
    }

    fn flush(&mut self) {
        let gathered = self.buffer.get(..self.len).unwrap_or_default();
        if !gathered.is_empty() {
            self.send(gathered);
        }
        self.len = 0;
    }

    #[cfg(not(test))]
    fn send(&self, bytes: &[u8]) {
        // SAFETY: the embedder's function keeps to its contract, and the slice is readable.
        unsafe { jerboa_platform_write(self.fd, bytes.as_ptr(), bytes.len()) }
    }

    #[cfg(test)]
    fn send(&self, bytes: &[u8]) {
        assert!(self.fd == super::STDOUT || self.fd == super::STDERR);
        captured::OUTPUT.with_borrow_mut(|output| output.extend_from_slice(bytes));
    }

    /// Ends the line.
    pub(super) fn finish(mut self) {
        self.write(b"\n");
        self.flush();
    }
}

/// What is written in tests, instead of to the platform.
#[cfg(test)]
pub(crate) mod captured {
    use std::cell::RefCell;

    thread_local! {
        pub static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
}
