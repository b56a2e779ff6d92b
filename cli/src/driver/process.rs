//! Child processes: found, started, bounded in time and never left behind.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use std::{env, fs};

use super::{Error, Result};

/// Status of a program that a signal ended: a crash is a bug of ours, whatever the signal.
pub const STATUS_CRASH: i32 = 101;

/// Where the child's output goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// To our own streams, as it comes.
    Inherit,
    /// Into the [`Outcome`].
    Capture,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Exit status; [`STATUS_CRASH`] after a signal.
    pub status: i32,
    /// Empty unless captured.
    pub stdout: Vec<u8>,
    /// Empty unless captured.
    pub stderr: Vec<u8>,
}

/// A started child whose output is taken care of. It is killed when dropped before it ended.
#[derive(Debug)]
pub struct Running {
    child: Child,
    pipes: Vec<thread::JoinHandle<io::Result<Vec<u8>>>>,
}

impl Running {
    /// Starts `command` without standard input.
    pub fn start(command: &mut Command, output: Output) -> Result<Running> {
        command.stdin(Stdio::null());
        if output == Output::Capture {
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
        }
        die_with_parent(command);
        let mut child = command.spawn().map_err(|source| Error::Spawn {
            program: command.get_program().to_string_lossy().into_owned(),
            source,
        })?;
        let mut pipes = Vec::new();
        if output == Output::Capture {
            pipes.push(drain(child.stdout.take().expect("stdout is piped")));
            pipes.push(drain(child.stderr.take().expect("stderr is piped")));
        }
        Ok(Running { child, pipes })
    }

    /// Waits for the end, at most until `deadline`; then the child is killed and the error says so.
    pub fn finish(mut self, deadline: Option<Deadline>) -> Result<Outcome> {
        let status = match deadline {
            None => self.child.wait().map_err(Error::io("waiting for a program"))?,
            Some(deadline) => self.wait_until(deadline)?,
        };
        let mut streams = Vec::new();
        for pipe in self.pipes.drain(..) {
            let bytes =
                pipe.join().expect("a reader does not panic").map_err(Error::io("output of a program"))?;
            streams.push(bytes);
        }
        let stderr = streams.pop().unwrap_or_default();
        let stdout = streams.pop().unwrap_or_default();
        Ok(Outcome { status: status.code().unwrap_or(STATUS_CRASH), stdout, stderr })
    }

    /// Whether the child has ended already.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)) | Err(_))
    }

    fn wait_until(&mut self, deadline: Deadline) -> Result<ExitStatus> {
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = self.child.try_wait().map_err(Error::io("waiting for a program"))? {
                return Ok(status);
            }
            let left = deadline.left()?;
            thread::sleep(pause.min(left));
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.has_ended() {
            // Both fail only if the child is gone already.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// A point in time that ends a program.
#[derive(Debug, Clone, Copy)]
pub struct Deadline {
    at: Instant,
    limit: Duration,
}

impl Deadline {
    /// `limit` from now.
    pub fn after(limit: Duration) -> Deadline {
        Deadline { at: Instant::now() + limit, limit }
    }

    /// The time that is left, or the error that says it is up.
    pub fn left(&self) -> Result<Duration> {
        match self.at.checked_duration_since(Instant::now()) {
            Some(left) if !left.is_zero() => Ok(left),
            _ => Err(Error::TimeLimit { limit: self.limit }),
        }
    }
}

fn drain(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<io::Result<Vec<u8>>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes)?;
        Ok(bytes)
    })
}

/// An emulator whose program loops must not outlive a jerboa that was killed.
#[cfg(target_os = "linux")]
fn die_with_parent(command: &mut Command) {
    use std::ffi::{c_int, c_ulong};
    use std::os::unix::process::CommandExt;

    unsafe extern "C" {
        fn prctl(option: c_int, argument: c_ulong, ...) -> c_int;
    }
    const PR_SET_PDEATHSIG: c_int = 1;
    const SIGKILL: c_ulong = 9;

    // SAFETY: between fork and exec only the system call is made; it takes two words and touches no memory.
    unsafe {
        command.pre_exec(|| {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            Ok(())
        });
    }
}

#[cfg(not(target_os = "linux"))]
fn die_with_parent(_: &mut Command) {}

/// Runs a tool to its end; its standard output if it succeeded, else what it said.
pub fn tool_output(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("{name}: {e}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(String::from_utf8_lossy(&said).trim_end().to_owned())
}

/// The path of a program in `PATH`.
pub fn find_program(name: impl AsRef<OsStr>) -> Option<PathBuf> {
    let name = name.as_ref();
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// A folder that is removed with all its files when dropped.
#[derive(Debug)]
pub struct ScratchFolder(PathBuf);

impl ScratchFolder {
    /// A new folder under the system's one for temporary files.
    pub fn new() -> Result<ScratchFolder> {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("jerboa-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).map_err(Error::io(&path))?;
        Ok(ScratchFolder(path))
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        // What can not be removed is left to the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_and_status_come_back() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; exit 3"]);
        let outcome = Running::start(&mut command, Output::Capture).unwrap().finish(None).unwrap();
        assert_eq!(outcome, Outcome { status: 3, stdout: b"out\n".into(), stderr: b"err\n".into() });
    }

    #[test]
    fn a_signal_is_a_crash() {
        let mut command = Command::new("sh");
        command.args(["-c", "kill -SEGV $$"]);
        let outcome = Running::start(&mut command, Output::Capture).unwrap().finish(None).unwrap();
        assert_eq!(outcome.status, STATUS_CRASH);
    }

    #[test]
    fn the_time_limit_kills() {
        let running = Running::start(Command::new("sleep").arg("60"), Output::Inherit).unwrap();
        let deadline = Deadline::after(Duration::from_millis(30));
        let begin = Instant::now();
        assert!(matches!(running.finish(Some(deadline)), Err(Error::TimeLimit { .. })));
        assert!(begin.elapsed() < Duration::from_secs(10));
    }
}
