//! Runs one command with a time limit and keeps what it printed.

use std::io::{self, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes kept of each stream; a program that prints without end is drained, not stored.
const MAX_KEPT: u64 = 1 << 20;

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It exited with this status.
    Exited(i32),
    /// A signal killed it.
    Signalled(i32),
    /// It was killed because the limit had passed.
    TimedOut,
}

/// What a process did.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How it ended.
    pub end: End,
    /// What it wrote to standard output, at most a mebibyte.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error, at most a mebibyte.
    pub stderr: Vec<u8>,
}

/// Runs `command` for at most `limit`; then it is killed together with the processes that it started.
pub fn run(command: &mut Command, limit: Duration) -> io::Result<Outcome> {
    // A group of its own: an emulator started by the command must not outlive it.
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()?;
    let stdout = child.stdout.take().expect("standard output was piped");
    let stderr = child.stderr.take().expect("standard error was piped");
    thread::scope(|scope| {
        let stdout = scope.spawn(|| drain(stdout));
        let stderr = scope.spawn(|| drain(stderr));
        let end = wait(&mut child, limit)?;
        let join = |handle: thread::ScopedJoinHandle<'_, io::Result<Vec<u8>>>| {
            handle.join().expect("draining a pipe does not panic")
        };
        Ok(Outcome { end, stdout: join(stdout)?, stderr: join(stderr)? })
    })
}

fn wait(child: &mut Child, limit: Duration) -> io::Result<End> {
    let deadline = Instant::now() + limit;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(match status.code() {
                Some(code) => End::Exited(code),
                None => End::Signalled(status.signal().unwrap_or(0)),
            });
        }
        if Instant::now() >= deadline {
            let group = format!("-{}", child.id());
            let killed = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status()?;
            if !killed.success() {
                child.kill()?;
            }
            child.wait()?;
            return Ok(End::TimedOut);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(10));
    }
}

fn drain(mut pipe: impl Read) -> io::Result<Vec<u8>> {
    let mut kept = Vec::new();
    pipe.by_ref().take(MAX_KEPT).read_to_end(&mut kept)?;
    io::copy(&mut pipe, &mut io::sink())?;
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> Outcome {
        run(Command::new("sh").args(["-c", script]), limit).unwrap()
    }

    #[test]
    fn streams_and_status_are_kept_apart() {
        let outcome = shell("echo out; echo err >&2; exit 3", Duration::from_secs(10));
        assert_eq!(outcome.end, End::Exited(3));
        assert_eq!((outcome.stdout.as_slice(), outcome.stderr.as_slice()), (&b"out\n"[..], &b"err\n"[..]));
        assert_eq!(shell("kill -9 $$", Duration::from_secs(10)).end, End::Signalled(9));
    }

    #[test]
    fn the_limit_also_ends_processes_that_the_command_started() {
        let start = Instant::now();
        // The inner `sleep` holds the pipe open; only the death of the whole group closes it.
        let outcome = shell("sleep 60 & echo started; wait", Duration::from_millis(200));
        assert_eq!(outcome.end, End::TimedOut);
        assert_eq!(outcome.stdout, b"started\n");
        assert!(start.elapsed() < Duration::from_secs(20));
    }
}
