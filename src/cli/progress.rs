//! How far a run has come: a bar on a terminal, a line every few seconds elsewhere; and the keys that stop it. The clock
//! here measures how long things take, and says nothing of what is written.

use std::collections::VecDeque;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::italian::{count, grouped};
use crate::pipeline::{Progress, Tally};

/// Between two lines where there is no terminal.
const BETWEEN_LINES: Duration = Duration::from_secs(5);
/// Between two pictures of the bar.
const BETWEEN_PICTURES: Duration = Duration::from_millis(200);
/// The time left is reckoned on this last stretch, and not on less than the second: bodies that are found in place go by a
/// hundred times faster than those that are made.
const STRETCH: Duration = Duration::from_secs(20);
const LEAST: Duration = Duration::from_secs(2);

/// The status of a program that was interrupted, by custom of the shells.
const INTERRUPTED: i32 = 130;

/// Set by Ctrl-C and by a request to end; read before every body.
static STOP: AtomicBool = AtomicBool::new(false);

/// Makes Ctrl-C (and SIGTERM, which queues of jobs send) stop the run after the acts in hand; a second one ends the program
/// at once, which loses no more than a kill does.
pub fn stop_on_signal() {
    let stop = || {
        if STOP.swap(true, Ordering::Relaxed) {
            #[expect(clippy::disallowed_methods, reason = "asked to end at once, from a thread of its own")]
            std::process::exit(INTERRUPTED);
        }
        say("\nMi fermo appena finiti gli atti in lavorazione (Ctrl-C di nuovo: subito).");
    };
    // Where signals cannot be had, Ctrl-C kills, and that is safe too.
    let _deaf = ctrlc::set_handler(stop);
}

fn say(line: &str) {
    let _unheard = writeln!(io::stderr().lock(), "{line}");
}

/// What is known of the run.
struct Known {
    /// `None` while the workbook is being checked.
    bodies: Option<usize>,
    tally: Tally,
    current: String,
    since: Instant,
    /// Bodies done at moments of the last stretch.
    samples: VecDeque<(Instant, usize)>,
    over: bool,
}

impl Known {
    fn sample(&mut self, now: Instant) {
        self.samples.push_back((now, self.tally.bodies));
        while self.samples.front().is_some_and(|(then, _)| now.duration_since(*then) > STRETCH) {
            self.samples.pop_front();
        }
    }

    /// The time left, once there is enough to reckon it on.
    fn left(&self, now: Instant) -> Option<Duration> {
        let (then, before) = *self.samples.front()?;
        let (took, done) = (now.duration_since(then), self.tally.bodies.checked_sub(before).filter(|done| *done > 0)?);
        let remaining = self.bodies?.saturating_sub(self.tally.bodies);
        (took >= LEAST).then(|| took.mul_f64(remaining as f64 / done as f64))
    }

    fn text(&self, now: Instant) -> String {
        let figure = |n: usize| grouped(n as u64);
        let Some(bodies) = self.bodies else {
            return format!("Controllo del foglio e prova degli atti, da {}", duration(now.duration_since(self.since)));
        };
        let mut parts = vec![format!("{} di {}", figure(self.tally.bodies), count(bodies, "ente", "enti"))];
        parts.push(count(self.tally.made, "atto fatto", "atti fatti"));
        if self.tally.unchanged > 0 {
            parts.push(format!("{} già a posto", figure(self.tally.unchanged)));
        }
        if self.tally.withheld > 0 {
            parts.push(count(self.tally.withheld, "trattenuto", "trattenuti"));
        }
        parts.extend(self.left(now).map(|left| format!("ancora {}", duration(left))));
        let current = if self.current.is_empty() { String::new() } else { format!(" – {}", self.current) };
        format!("{}{current}", parts.join(", "))
    }
}

/// "40 secondi", "3 minuti", "2 ore".
fn duration(it: Duration) -> String {
    let seconds = usize::try_from(it.as_secs()).unwrap_or(usize::MAX);
    match seconds {
        0..100 => count(seconds, "secondo", "secondi"),
        100..6_000 => count((seconds + 30) / 60, "minuto", "minuti"),
        _ => count((seconds + 1_800) / 3_600, "ora", "ore"),
    }
}

struct Shared {
    known: Mutex<Known>,
    ended: Condvar,
}

impl Shared {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says how far the run has come, until it is dropped.
pub struct Teller {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Teller {
    /// Begins to tell, while the workbook is being checked.
    pub fn new() -> Self {
        let known = Known {
            bodies: None,
            tally: Tally::default(),
            current: String::new(),
            since: Instant::now(),
            samples: VecDeque::new(),
            over: false,
        };
        let shared = Arc::new(Shared { known: Mutex::new(known), ended: Condvar::new() });
        let of_thread = Arc::clone(&shared);
        let told = std::thread::Builder::new().name("avanzamento".to_owned()).spawn(move || tell(&of_thread));
        Self { shared, thread: told.ok() }
    }
}

/// The telling thread.
fn tell(shared: &Shared) {
    let bar = io::stderr().is_terminal().then(bar);
    let pause = if bar.is_some() { BETWEEN_PICTURES } else { BETWEEN_LINES };
    let mut known = shared.known();
    loop {
        let woken = shared.ended.wait_timeout(known, pause).unwrap_or_else(PoisonError::into_inner);
        known = woken.0;
        if known.over {
            break;
        }
        if !woken.1.timed_out() {
            continue;
        }
        let now = Instant::now();
        known.sample(now);
        match &bar {
            Some(bar) => {
                bar.set_length(known.bodies.unwrap_or_default() as u64);
                bar.set_position(known.tally.bodies as u64);
                bar.set_message(known.text(now));
                bar.tick();
            }
            None => say(&known.text(now)),
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {wide_msg}") {
        bar.set_style(style);
    }
    bar
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.finish();
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

impl Progress for Teller {
    fn start(&self, bodies: usize) {
        let mut known = self.shared.known();
        known.bodies = Some(bodies);
        known.samples = VecDeque::from([(Instant::now(), 0)]);
    }

    fn begin(&self, name: &str) {
        name.clone_into(&mut self.shared.known().current);
    }

    fn done(&self, tally: Tally) {
        let mut known = self.shared.known();
        // Two threads may tell in either order.
        if tally.bodies > known.tally.bodies {
            known.tally = tally;
        }
    }

    fn finish(&self) {
        self.shared.known().over = true;
        self.shared.ended.notify_all();
    }

    fn is_stopped(&self) -> bool {
        STOP.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(bodies: usize, tally: Tally, samples: &[(u64, usize)], since: Instant) -> Known {
        let samples = samples.iter().map(|(seconds, done)| (since + Duration::from_secs(*seconds), *done)).collect();
        Known { bodies: Some(bodies), tally, current: "Comune di Cagli".to_owned(), since, samples, over: false }
    }

    #[test]
    fn the_time_left_is_that_of_the_last_stretch() {
        let since = Instant::now();
        let tally = Tally { bodies: 1_100, made: 400, unchanged: 2_000, withheld: 1 };
        // A thousand bodies were in place and took a second; then ten a second.
        let mut it = known(2_000, tally, &[(0, 0), (1, 1_000), (11, 1_100)], since);
        let now = since + Duration::from_secs(21);
        it.tally.bodies = 1_200;
        it.sample(now);
        assert_eq!(it.left(now), Some(Duration::from_secs(80)));
        assert_eq!(
            it.text(now),
            "1.200 di 2.000 enti, 400 atti fatti, 2.000 già a posto, 1 trattenuto, ancora 80 secondi – Comune di Cagli"
        );
        let early = known(2_000, Tally { bodies: 9, ..Tally::default() }, &[(0, 0)], since);
        assert_eq!(early.left(since + Duration::from_secs(1)), None, "too early to tell");
        let still = known(2_000, Tally::default(), &[(0, 0)], since);
        assert_eq!(still.left(now), None, "nothing is known of what has not begun");
    }

    #[test]
    fn durations_read_as_people_say_them() {
        let said = [1, 99, 100, 3_599, 9_000].map(|seconds| duration(Duration::from_secs(seconds)));
        assert_eq!(said, ["1 secondo", "99 secondi", "2 minuti", "60 minuti", "3 ore"]);
    }
}
