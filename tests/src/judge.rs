//! Decides whether a run did what the corpus says, and describes the difference if not.

use std::fmt::Write;

use similar::TextDiff;

use crate::exec::{End, Outcome};
use crate::program::{Kind, Program};

/// Lines of standard error shown with a failure.
const STDERR_LINES: usize = 30;

/// Compares `outcome` with the expectation of `program`, whose file holds `expected`. An `Err` holds what
/// differs, ready to be printed.
pub fn judge(program: &Program, expected: &str, outcome: &Outcome) -> Result<(), String> {
    let stdout = String::from_utf8_lossy(&outcome.stdout);
    let stderr = String::from_utf8_lossy(&outcome.stderr);
    let mut report = String::new();

    if outcome.end != End::Exited(program.header.exit) {
        let ended = match outcome.end {
            End::Exited(101) => "exit status 101 (a defect of Jerboa)".to_string(),
            End::Exited(3) => "exit status 3 (source refused)".to_string(),
            End::Exited(code) => format!("exit status {code}"),
            End::Signalled(signal) => format!("killed by signal {signal}"),
            End::TimedOut => "still running at the time limit".to_string(),
        };
        report += &format!("  {ended}; expected exit status {}\n", program.header.exit);
    }
    let expected_stdout = match program.kind {
        Kind::Program => expected,
        Kind::Diagnostic => "",
    };
    if stdout != expected_stdout {
        report += "  stdout differs (-expected +printed):\n";
        let diff = TextDiff::from_lines(expected_stdout, stdout.as_ref());
        for line in diff.unified_diff().context_radius(2).to_string().lines() {
            writeln!(report, "    {line}").expect("writing to a string succeeds");
        }
    }
    let wanted: Vec<&str> = match program.kind {
        Kind::Program => program.header.stderr.iter().map(String::as_str).collect(),
        Kind::Diagnostic => expected.lines().collect(),
    };
    for text in wanted.iter().filter(|text| !stderr.contains(**text)) {
        report += &format!("  stderr lacks `{text}`\n");
    }

    if report.is_empty() {
        return Ok(());
    }
    if !stderr.is_empty() {
        report += "  stderr:\n";
        for line in stderr.lines().take(STDERR_LINES) {
            writeln!(report, "    {line}").expect("writing to a string succeeds");
        }
    }
    Err(report)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::parse_header;

    fn program(kind: Kind, header: &str) -> Program {
        let mut header = parse_header(header).unwrap();
        if kind == Kind::Diagnostic {
            header.exit = 3;
        }
        Program { name: "t/p".into(), path: "p.js".into(), expected: "p.out".into(), kind, header }
    }

    fn outcome(end: End, stdout: &str, stderr: &str) -> Outcome {
        Outcome { end, stdout: stdout.into(), stderr: stderr.into() }
    }

    #[test]
    fn stdout_status_and_stderr_all_count() {
        let p = program(Kind::Program, "// exit: 1\n// stderr: TypeError\n");
        assert_eq!(judge(&p, "a\n", &outcome(End::Exited(1), "a\n", "Uncaught TypeError: x")), Ok(()));
        let failure = judge(&p, "a\n", &outcome(End::Exited(0), "b\n", "")).unwrap_err();
        for part in ["exit status 0; expected exit status 1", "-a", "+b", "stderr lacks `TypeError`"] {
            assert!(failure.contains(part), "{failure}");
        }
        assert!(judge(&p, "a\n", &outcome(End::TimedOut, "a\n", "TypeError")).is_err());
    }

    #[test]
    fn a_diagnostic_prints_nothing_and_names_what_its_file_lists() {
        let p = program(Kind::Diagnostic, "");
        let refused =
            |stdout, stderr| judge(&p, "SyntaxError\np.js:2\n", &outcome(End::Exited(3), stdout, stderr));
        assert_eq!(refused("", "error: SyntaxError\n --> p.js:2:1\n"), Ok(()));
        assert!(refused("ran\n", "error: SyntaxError\n --> p.js:2:1\n").is_err());
        assert!(refused("", "error: SyntaxError\n").is_err());
    }
}
