//! Runs a list of jobs on a few threads and reports each result as it comes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// What became of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It did what was expected.
    Passed,
    /// It did not; what differs.
    Failed(String),
    /// It was not run; why.
    Skipped(String),
}

/// How many jobs came to which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Jobs that passed.
    pub passed: usize,
    /// Jobs that failed.
    pub failed: usize,
    /// Jobs that were not run.
    pub skipped: usize,
}

impl Tally {
    /// Counts `verdict`.
    pub fn count(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Passed => self.passed += 1,
            Verdict::Failed(_) => self.failed += 1,
            Verdict::Skipped(_) => self.skipped += 1,
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// Runs `job` on each of `items` with `threads` threads, in order of start; `report` is called on this
/// thread, in order of completion.
pub fn run_all<T: Sync>(
    items: &[T],
    threads: usize,
    job: impl Fn(&T) -> Verdict + Sync,
    mut report: impl FnMut(&T, &Verdict),
) {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads.clamp(1, items.len().max(1)) {
            let sender = sender.clone();
            let (next, job) = (&next, &job);
            scope.spawn(move || {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if sender.send((item, job(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for (item, verdict) in receiver {
            report(item, &verdict);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_run_once() {
        let items: Vec<usize> = (0..100).collect();
        let mut seen = vec![0; items.len()];
        let mut tally = Tally::default();
        let job = |item: &usize| match item % 3 {
            0 => Verdict::Passed,
            1 => Verdict::Failed("x".into()),
            _ => Verdict::Skipped("y".into()),
        };
        run_all(&items, 4, job, |item, verdict| {
            seen[*item] += 1;
            tally.count(verdict);
        });
        assert!(seen.iter().all(|&times| times == 1));
        assert_eq!(tally.to_string(), "34 passed, 33 failed, 33 skipped");
    }

    #[test]
    fn no_items_is_no_work() {
        run_all(&[] as &[u8], 2, |_| Verdict::Passed, |_, _| unreachable!("there is nothing to report"));
    }
}
