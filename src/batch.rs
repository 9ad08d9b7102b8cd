//! Threads for many acts: plain threads that take work from a counter, each inside a rayon pool of its own.
//!
//! Typst and krilla use rayon inside. Given a `par_iter` over acts their workers steal whole acts recursively, which
//! overflows the stack or eats the memory; hence no `par_iter` here, ever.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Stack of a worker, in bytes: layout recurses.
const STACK: usize = 8 << 20;

/// Does `work` for every number below `count` on `jobs` threads (at least one); results in order of number.
///
/// # Panics
/// Where `work` panics: that is a fault of the program and must be seen as one.
pub fn each<T: Send>(count: usize, jobs: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(count));
    let worker = || {
        // A failed pool only means that Typst uses the global one: slower, not wrong.
        let _pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                break;
            }
            let result = work(index);
            results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, result));
        }
    };
    thread::scope(|scope| {
        let spawn = |number: usize| {
            let builder = thread::Builder::new().name(format!("atti-{number}")).stack_size(STACK);
            builder.spawn_scoped(scope, worker)
        };
        let handles: Vec<_> = (0..jobs.clamp(1, count.max(1))).map(spawn).collect();
        if handles.iter().all(Result::is_err) {
            worker();
        }
        for handle in handles.into_iter().flatten() {
            if let Err(panic) = handle.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_the_threads() {
        for jobs in [0, 1, 2, 7] {
            assert_eq!(each(20, jobs, |n| n * n), (0..20).map(|n| n * n).collect::<Vec<_>>());
        }
        assert!(each(0, 4, |n| n).is_empty());
    }
}
