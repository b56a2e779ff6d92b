//! Where produced text goes.

/// Receives text piece by piece.
///
/// A closure over `&[u8]` is a sink. Producers whose result has no useful bound write to a sink;
/// running one twice, first into a [`Counter`] and then into a string of that size, builds a string
/// without a temporary buffer.
pub trait Sink {
    /// Appends `bytes`.
    fn push(&mut self, bytes: &[u8]);
}

impl<F: FnMut(&[u8]) + ?Sized> Sink for F {
    fn push(&mut self, bytes: &[u8]) {
        self(bytes);
    }
}

/// Counts the bytes pushed.
#[derive(Default)]
pub struct Counter {
    /// Bytes so far.
    pub len: usize,
}

impl Sink for Counter {
    fn push(&mut self, bytes: &[u8]) {
        self.len += bytes.len();
    }
}

/// Writes to a slice.
pub struct SliceSink<'a> {
    buf: &'a mut [u8],
    len: usize,
    overflow: bool,
}

impl<'a> SliceSink<'a> {
    /// Starts at the beginning of `buf`.
    #[inline]
    pub fn new(buf: &'a mut [u8]) -> SliceSink<'a> {
        SliceSink { buf, len: 0, overflow: false }
    }

    /// The bytes written, or `None` if they did not fit.
    #[inline]
    pub fn finish(self) -> Option<&'a [u8]> {
        if self.overflow {
            return None;
        }
        self.buf.get(..self.len)
    }
}

impl Sink for SliceSink<'_> {
    fn push(&mut self, bytes: &[u8]) {
        match self.buf.get_mut(self.len..).and_then(|rest| rest.get_mut(..bytes.len())) {
            Some(slot) if !self.overflow => {
                slot.copy_from_slice(bytes);
                self.len += bytes.len();
            }
            _ => self.overflow = true,
        }
    }
}
