//! Numbers said twice, in figures and in words. Called by `faults`.

use std::sync::LazyLock;

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::text::{Folded, Paragraph};
use crate::italian::number_of_words;

/// "12.400,00 (dodicimilaquattrocento/00)": figures, decimals, what the brackets hold.
static SAID: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"(\d{1,3}(?:\.\d{3})+|\d{1,9})(,\d{1,2})?(?:,-{1,2})?\s*(?:%|°|€|euro|eur)?\s*\(([^()\d][^()]{1,119})\)",
    )
});
/// Hundredths after the words.
static HUNDREDTHS: Lazy = LazyLock::new(|| Pattern::new(r"/(\d{2})\b"));
/// Words of the brackets that are not the number.
const AROUND: [&str; 6] = ["diconsi", "dico", "in lettere", "euro", "eur", "per cento"];

/// ESA-12.
pub(super) fn sums(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    for (inside, paragraph) in act.structure.passages() {
        differ(act, &inside, paragraph, found);
    }
}

fn differ(act: &Act<'_>, inside: &str, paragraph: &Paragraph, found: &mut Vec<Diagnostic>) {
    for (range, groups) in SAID.groups(&paragraph.text) {
        let [figures, decimals, words] = groups.as_slice() else { continue };
        let before = paragraph.text.get(..range.start).unwrap_or_default();
        // "7.3 (tre)" is of a numbering, not a figure.
        if before.ends_with(['.', ',', '/']) || before.ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let Some((spelled, hundredths)) = spelled(words) else { continue };
        let Ok(written) = figures.replace('.', "").parse::<u64>() else { continue };
        let decimals = decimals.trim_start_matches(',');
        let of_figures = if decimals.len() == 1 { format!("{decimals}0") } else { decimals.to_owned() };
        let parts_differ = hundredths.as_ref().is_some_and(|of_words| {
            let of_figures = if of_figures.is_empty() { "00" } else { &of_figures };
            of_words != of_figures
        });
        if spelled == written && !parts_differ {
            continue;
        }
        let quote = paragraph.quote(range.clone(), 0..paragraph.text.len());
        let message = format!("{inside} le cifre e le lettere non dicono lo stesso numero: «{quote}»");
        let in_figures = crate::italian::grouped(spelled);
        let meant = hundredths.map_or(in_figures.clone(), |hundredths| format!("{in_figures},{hundredths}"));
        found.push(Diagnostic::new("ESA-12", act.at(paragraph, range.start), message).hint(format!(
            "le lettere dicono {meant}: correggere le une o le altre, e rifare i conti che ne dipendono"
        )));
    }
}

/// The whole number that the words in brackets say, and the hundredths where they say them in figures.
fn spelled(words: &str) -> Option<(u64, Option<String>)> {
    let hundredths = HUNDREDTHS.groups(words).into_iter().next().and_then(|(_, groups)| groups.into_iter().next());
    let whole = words.split('/').next().unwrap_or_default();
    let mut folded = Folded::new(whole).text.trim().to_owned();
    for word in AROUND {
        if let Some(rest) = folded.strip_prefix(word).filter(|rest| rest.starts_with(' ')) {
            folded = rest.trim().to_owned();
        }
        if let Some(rest) = folded.strip_suffix(word).filter(|rest| rest.ends_with(' ')) {
            folded = rest.trim().to_owned();
        }
    }
    Some((number_of_words(&folded)?, hundredths))
}
