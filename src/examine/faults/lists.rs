//! Commas, letters and items of lists. Called by `faults`.

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::structure::{Article, Marker, marker};
use crate::examine::text::{Folded, Paragraph};

/// Words with which no item of a list begins, but the rest of a sentence does.
const RESTS: &[&str] = &[
    "della", "dello", "dell", "dei", "degli", "delle", "del", "presente", "suddetta", "suddetto", "predetta",
    "predetto", "che", "cui", "quale", "quali", "medesima", "medesimo", "stessa", "stesso",
];

/// A run of labels of one kind.
#[derive(Default)]
struct Run {
    last: u32,
    line: u32,
}

/// ESA-04: commas and letters that come twice or are skipped.
pub(super) fn labels(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    for article in &act.structure.articles {
        let (mut commas, mut letters) = (Run::default(), Run::default());
        for paragraph in &article.paragraphs {
            match marker(&paragraph.text).map(|(label, _)| label.within(article)) {
                Some(Marker::Comma(number)) => {
                    comma(act, article, paragraph, number, &mut commas, found);
                    letters = Run::default();
                }
                Some(Marker::Letter(letter)) => self::letter(act, article, paragraph, letter, &mut letters, found),
                _ => {}
            }
        }
    }
}

fn comma(
    act: &Act<'_>,
    article: &Article,
    paragraph: &Paragraph,
    number: u32,
    run: &mut Run,
    found: &mut Vec<Diagnostic>,
) {
    // A figure far from the sequence is no label, and 1 begins another list.
    let plausible = number <= run.last + 3 && number >= run.last;
    if number != 1 && plausible {
        let fault = if number == run.last {
            Some(format!("{} ci sono due commi {number}", article.inside()))
        } else if number > run.last + 1 && run.last == 0 {
            Some(format!("{} i commi numerati cominciano da {number}", article.inside()))
        } else if number > run.last + 1 {
            Some(format!("{} dopo il comma {} viene il comma {number}", article.inside(), run.last))
        } else {
            None
        };
        if let Some(message) = fault {
            found.push(
                Diagnostic::new("ESA-04", act.at(paragraph, 0), message)
                    .hint("controllare se manca un comma; rinumerare e controllare i rinvii ai commi"),
            );
        }
    }
    if number == 1 || plausible {
        (run.last, run.line) = (number, paragraph.line());
    }
}

/// Where a letter stands in the Italian alphabet, and in the long one.
fn ranks(letter: char) -> (Option<usize>, usize) {
    let italian = "abcdefghilmnopqrstuvz".find(letter);
    (italian, (letter as usize).saturating_sub('a' as usize))
}

fn letter(
    act: &Act<'_>,
    article: &Article,
    paragraph: &Paragraph,
    letter: char,
    run: &mut Run,
    found: &mut Vec<Diagnostic>,
) {
    let last = char::from_u32(run.last).filter(|c| c.is_ascii_lowercase());
    let message = match last {
        _ if letter == 'a' => None,
        None => Some(format!("{} l’elenco comincia dalla lettera {letter})", article.inside())),
        Some(last) if last == letter => Some(format!("{} la lettera {letter}) compare due volte", article.inside())),
        Some(last) => {
            let ((short, long), (short_last, long_last)) = (ranks(letter), ranks(last));
            let follows = long == long_last + 1 || short.zip(short_last).is_some_and(|(a, b)| a == b + 1);
            (!follows).then(|| format!("{} dopo la lettera {last}) viene la lettera {letter})", article.inside()))
        }
    };
    if let Some(message) = message {
        found.push(
            Diagnostic::new("ESA-04", act.at(paragraph, 0), message)
                .hint("controllare se manca una voce; rimettere in ordine le lettere e controllare i rinvii"),
        );
    }
    (run.last, run.line) = (u32::from(letter), paragraph.line());
}

/// ESA-05: items that are empty, or the rest of the sentence before.
pub(super) fn stray(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    for article in &act.structure.articles {
        for (index, paragraph) in article.paragraphs.iter().enumerate() {
            let Some((label, rest)) = marker(&paragraph.text) else { continue };
            let before = index.checked_sub(1).and_then(|before| article.paragraphs.get(before));
            let folded = Folded::new(rest).text;
            let words = folded.split_whitespace().count();
            let place = act.at(paragraph, 0);
            if words == 0 {
                // A dash alone under an empty one is decoration, not a list.
                if label != Marker::Bullet || !rest.is_empty() {
                    let message = format!("{} c’è una voce di elenco vuota", article.inside());
                    found.push(Diagnostic::new("ESA-05", place, message).hint("completare la voce, o toglierla"));
                }
                continue;
            }
            let small = rest.chars().next().is_some_and(char::is_lowercase);
            let first = folded.split_whitespace().next().unwrap_or_default();
            let open = before.is_some_and(|before| !before.text.trim_end().ends_with(['.', ';', ':', ',', '?', '!']));
            if small
                && open
                && RESTS.contains(&first)
                && words <= 12
                && matches!(label, Marker::Bullet | Marker::Letter(_))
            {
                let message =
                    format!("{} la voce di elenco «{rest}» è il resto della frase che la precede", article.inside());
                found.push(
                    Diagnostic::new("ESA-05", place, message)
                        .hint("riunire le due voci in una")
                        .related(before.map_or_else(|| act.whole(), |before| act.at(before, 0))),
                );
            }
        }
    }
}
