//! Generates the case tables from the standard library and compares them with the committed ones.

use super::case_tables::{CASE_IGNORABLE, CASED, LOWER, UPPER};

fn push(value: u32, out: &mut Vec<u8>) {
    let mut rest = value;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// Lengths of the runs without and with a property, alternating.
fn runs(has: impl Fn(char) -> bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut inside = false;
    for code in 0..0x11_0000 {
        if char::from_u32(code).is_some_and(&has) != inside {
            push(code - start, &mut out);
            start = code;
            inside = !inside;
        }
    }
    out
}

struct Run {
    start: u32,
    end: u32,
    stride: u32,
    delta: i32,
    extra: Vec<u32>,
}

/// Runs of code points that map to themselves plus the same delta, followed by the same others.
fn mappings(map: impl Fn(char) -> Vec<char>) -> Vec<u8> {
    let mut list: Vec<Run> = Vec::new();
    for c in (0x80..0x11_0000).filter_map(char::from_u32) {
        let mapped = map(c);
        if mapped == [c] {
            continue;
        }
        let (code, delta) = (c as u32, mapped[0] as i32 - c as i32);
        let extra: Vec<u32> = mapped[1..].iter().map(|&c| c as u32).collect();
        if let Some(run) = list.last_mut().filter(|run| run.delta == delta && run.extra == extra) {
            let step = code - run.end;
            if step <= 2 && (run.start == run.end || step == run.stride) {
                (run.end, run.stride) = (code, step);
                continue;
            }
        }
        list.push(Run { start: code, end: code, stride: 1, delta, extra });
    }
    let mut out = Vec::new();
    let mut last = 0x80;
    for run in list {
        push(run.start - last, &mut out);
        let steps = (run.end - run.start) / run.stride;
        push(steps << 3 | (run.extra.len() as u32) << 1 | (run.stride - 1), &mut out);
        push((run.delta << 1 ^ run.delta >> 31) as u32, &mut out);
        run.extra.iter().for_each(|&code| push(code, &mut out));
        last = run.end + 1;
    }
    out
}

fn final_sigma(text: String) -> bool {
    text.to_lowercase().ends_with('ς')
}

/// Whether the standard library skips `c` when it looks for a letter before a sigma.
fn is_case_ignorable(c: char) -> bool {
    final_sigma(format!("a{c}Σ")) && !final_sigma(format!("{c}Σ"))
}

/// Lt, the letters in title case, has no method in the standard library.
fn is_cased(c: char) -> bool {
    let title = matches!(
        c as u32,
        0x1c5 | 0x1c8 | 0x1cb | 0x1f2 | 0x1f88..=0x1f8f | 0x1f98..=0x1f9f | 0x1fa8..=0x1faf
            | 0x1fbc | 0x1fcc | 0x1ffc
    );
    title || c.is_lowercase() || c.is_uppercase()
}

fn check(name: &str, committed: &[u8], generated: &[u8]) {
    if committed == generated {
        return;
    }
    let lines: Vec<String> = generated
        .chunks(24)
        .map(|row| row.iter().map(|byte| format!("{byte}, ")).collect::<String>().trim_end().to_owned())
        .collect();
    let text =
        format!("pub(super) static {name}: [u8; {}] = [\n    {}\n];", generated.len(), lines.join("\n    "));
    panic!("{name} should be:\n{text}");
}

#[test]
fn upper() {
    check("UPPER", &UPPER, &mappings(|c| c.to_uppercase().collect()));
}

#[test]
fn lower() {
    check("LOWER", &LOWER, &mappings(|c| c.to_lowercase().collect()));
}

#[test]
fn cased() {
    check("CASED", &CASED, &runs(is_cased));
}

#[test]
fn case_ignorable() {
    check("CASE_IGNORABLE", &CASE_IGNORABLE, &runs(is_case_ignorable));
}
