//! As much of GDB's remote protocol as it takes to look into an emulated device: write and read memory, stop at one
//! address, go on.
//!
//! This way figures come out of a device without a byte of code in its image.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// Data bytes in one packet: twice as many digits stay under the 4096 bytes that QEMU takes.
const CHUNK: usize = 1024;

/// A connection to the stub of an emulator.
#[derive(Debug)]
pub struct Stub {
    stream: UnixStream,
    buffer: Vec<u8>,
}

/// Why the device stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// At the address that was asked for.
    Breakpoint,
    /// The emulator has ended.
    Ended,
}

impl Stub {
    /// Connects to the socket.
    pub fn connect(path: &Path) -> io::Result<Stub> {
        Ok(Stub { stream: UnixStream::connect(path)?, buffer: Vec::new() })
    }

    /// Bounds the wait for any answer.
    pub fn set_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
        self.stream.set_read_timeout(timeout)
    }

    /// Writes `bytes` to memory.
    pub fn write_memory(&mut self, address: u64, bytes: &[u8]) -> io::Result<()> {
        for (i, chunk) in bytes.chunks(CHUNK).enumerate() {
            let digits: String = chunk.iter().map(|byte| format!("{byte:02x}")).collect();
            let at = address + (i * CHUNK) as u64;
            self.command(&format!("M{at:x},{:x}:{digits}", chunk.len()))?;
        }
        Ok(())
    }

    /// Reads `len` bytes of memory.
    pub fn read_memory(&mut self, address: u64, len: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(len);
        while bytes.len() < len {
            let now = (len - bytes.len()).min(CHUNK);
            let answer = self.ask(&format!("m{:x},{now:x}", address + bytes.len() as u64))?;
            let chunk = from_hex(&answer).filter(|chunk| chunk.len() == now);
            bytes.extend(chunk.ok_or_else(|| refused("reading memory", &answer))?);
        }
        Ok(bytes)
    }

    /// Makes the device stop before it executes the instruction at `address`, `size` bytes long.
    pub fn break_at(&mut self, address: u64, size: u32) -> io::Result<()> {
        self.command(&format!("Z1,{address:x},{size}"))
    }

    /// Runs until something stops the device.
    pub fn run(&mut self) -> io::Result<Stop> {
        self.send("c")?;
        loop {
            match self.receive() {
                // An emulator that ends may say so or just close the socket.
                Err(e)
                    if matches!(e.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset) =>
                {
                    return Ok(Stop::Ended);
                }
                Err(e) => return Err(e),
                Ok(answer) => match answer.first() {
                    Some(b'T' | b'S') => return Ok(Stop::Breakpoint),
                    Some(b'W' | b'X') => return Ok(Stop::Ended),
                    _ => {}
                },
            }
        }
    }

    /// Takes leave: the device runs on.
    pub fn detach(mut self) -> io::Result<()> {
        self.command("D")
    }

    /// Sends a command whose only good answer is `OK`.
    fn command(&mut self, body: &str) -> io::Result<()> {
        let answer = self.ask(body)?;
        if answer == b"OK" { Ok(()) } else { Err(refused(&body[..1], &answer)) }
    }

    fn ask(&mut self, body: &str) -> io::Result<Vec<u8>> {
        self.send(body)?;
        self.receive()
    }

    fn send(&mut self, body: &str) -> io::Result<()> {
        let sum = body.bytes().fold(0u8, u8::wrapping_add);
        self.stream.write_all(format!("${body}#{sum:02x}").as_bytes())
    }

    /// The body of the next packet, acknowledged.
    fn receive(&mut self) -> io::Result<Vec<u8>> {
        loop {
            if let Some((body, used)) = packet(&self.buffer) {
                let body = body.to_vec();
                self.buffer.drain(..used);
                // An emulator that was let go may have ended before it reads this.
                let _ = self.stream.write_all(b"+");
                return Ok(body);
            }
            let mut chunk = [0; 4096];
            match self.stream.read(&mut chunk)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                n => self.buffer.extend_from_slice(&chunk[..n]),
            }
        }
    }
}

/// Body of the first whole packet in `bytes` and the number of bytes up to its end. Acknowledgements are skipped.
fn packet(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let start = bytes.iter().position(|&b| b == b'$')? + 1;
    let end = start + bytes[start..].iter().position(|&b| b == b'#')?;
    (bytes.len() >= end + 3).then(|| (&bytes[start..end], end + 3))
}

fn from_hex(digits: &[u8]) -> Option<Vec<u8>> {
    let pairs = digits.chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

fn refused(what: &str, answer: &[u8]) -> io::Error {
    io::Error::other(format!("the emulator refused `{what}`: {}", String::from_utf8_lossy(answer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_are_cut_out() {
        assert_eq!(packet(b"+$OK#9a$T05"), Some((&b"OK"[..], 7)));
        assert_eq!(packet(b"+$OK#9"), None);
        assert_eq!(packet(b"+"), None);
    }

    #[test]
    fn digits_become_bytes() {
        assert_eq!(from_hex(b"00ffA5"), Some(vec![0, 255, 0xA5]));
        assert_eq!(from_hex(b"0g"), None);
    }
}
