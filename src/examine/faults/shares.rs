//! Shares of one cost that do not make the whole. Called by `faults`.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::structure::{Article, marker};
use crate::examine::text::{Folded, Paragraph};
use crate::italian::decimal;

/// "50%", "33,33 per cento".
static PERCENT: Lazy = LazyLock::new(|| Pattern::new(r"(\d{1,3})(?:,(\d{1,3}))?\s*(?:%|per\s+cento)"));
/// Folded words of a sentence that divides a cost.
static DIVIDES: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:ripartit|ripartisc|ripartizion|riparto|suddivis|suddivid|cosi divis|divis\w tra|divis\w fra|quote di)",
    )
});
/// Folded words with which a percentage is no share, or is a share of something else, or the shares are not all there.
static OTHERWISE: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:rest\w|restant\w|rimanent\w|residu\w|sconto|riduzion\w|ridott\w|maggior\w*|minor\w|aument\w*|increment\w|iva|aliquota|interess\w|mora|penal\w|acconto|saldo|anticip\w*|almeno|fino a\w*|massim\w|minim\w|oltre|superior\w|inferior\w|toller\w*|scostament\w|variazion\w|contribut\w|finanziament\w|finanziat\w|trasferiment\w|di cui il|dei quali|delle quali|istat|rata|rate|prim[oa]|second[oa] (?:rata|anno|semestre|trimestre|acconto|versamento|fase|caso|\d)|terz[oa]|ulterior\w|19\d\d|20\d\d)\b",
    )
});
/// Longest item of a list of shares, in bytes.
const ITEM: usize = 200;

/// ESA-14.
pub(super) fn shares(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    for article in &act.structure.articles {
        for (index, paragraph) in article.paragraphs.iter().enumerate() {
            for range in paragraph.sentences() {
                let is_last = range.end >= paragraph.text.trim_end().len();
                let mut whole = paragraph.text.get(range.clone()).unwrap_or_default().to_owned();
                if is_last && whole.trim_end().ends_with(':') {
                    items(article, index + 1).for_each(|item| {
                        whole.push(' ');
                        whole.push_str(&item.text);
                    });
                }
                let Some(sum) = wrong_sum(&whole) else { continue };
                let inside = article.inside();
                let message =
                    format!("{inside} le quote del riparto non fanno il 100%: sommate danno {}%", written(sum));
                found.push(
                    Diagnostic::new("ESA-14", act.at(paragraph, range.start), message)
                        .hint("correggere la quota sbagliata, o dire a chi spetta ciò che manca"),
                );
            }
        }
    }
}

/// The items of a list that begins at a paragraph, each with a share.
fn items(article: &Article, from: usize) -> impl Iterator<Item = &Paragraph> {
    let is_share = |it: &&Paragraph| {
        let share = PERCENT.find(&it.text);
        let is_row = share.as_ref().is_some_and(|share| share.end == it.text.trim_end().len());
        (marker(&it.text).is_some() || is_row) && it.text.len() <= ITEM && share.is_some()
    };
    article.paragraphs.iter().skip(from).take_while(is_share)
}

/// The sum of the shares of a sentence that divides a cost, where it is near the whole and is not the whole. Thirds may be
/// rounded.
fn wrong_sum(sentence: &str) -> Option<Decimal> {
    let shares: Vec<Decimal> = PERCENT
        .groups(sentence)
        .into_iter()
        .filter_map(|(_, groups)| match groups.as_slice() {
            [whole, part] if part.is_empty() => whole.parse().ok(),
            [whole, part] => format!("{whole}.{part}").parse().ok(),
            _ => None,
        })
        .collect();
    let folded = Folded::new(sentence);
    let divides = DIVIDES.find(&folded.text)?;
    // "Le spese, anticipate dal capofila, sono ripartite": what stands before all shares is not of them.
    let begins = folded.origin(divides.start);
    let before = sentence.get(..begins).filter(|before| !PERCENT.is_in(before));
    let of_shares = if before.is_some() { sentence.get(begins..)? } else { sentence };
    if shares.len() < 2 || OTHERWISE.is_in(&Folded::new(&without_names(of_shares)).text) {
        return None;
    }
    let sum: Decimal = shares.iter().sum();
    let off = (sum - Decimal::ONE_HUNDRED).abs();
    let rounded = Decimal::new(5, 2) * Decimal::from(shares.len());
    (off > rounded && off <= Decimal::from(40)).then_some(sum)
}

/// The words that are no names: "Vallefiorita Superiore" is no limit. Letters that are all capitals stay ("IVA").
fn without_names(text: &str) -> String {
    let is_name = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    text.split_whitespace().filter(|word| !is_name(word)).collect::<Vec<_>>().join(" ")
}

/// "105", "99,5".
fn written(sum: Decimal) -> String {
    decimal(sum, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(sentence: &str) -> Option<String> {
        wrong_sum(sentence).map(written)
    }

    #[test]
    fn shares_that_do_not_make_the_whole() {
        let told = sum("La spesa è ripartita: 50% Roccaforte, 30% Valdastra, 25% Pian del Lago.");
        assert_eq!(told.as_deref(), Some("105"));
        let told = sum("Gli oneri sono suddivisi per il 62,5 per cento al capofila e per il 37 per cento al Comune.");
        assert_eq!(told.as_deref(), Some("99,5"));
        let told = sum(
            "Le spese, anticipate dal capofila, sono ripartite secondo le quote: - A: 45 per cento; - Borgo Superiore: 32 per cento; - C: 21 per cento.",
        );
        assert_eq!(told.as_deref(), Some("98"));
    }

    #[test]
    fn shares_that_do_and_percentages_that_are_no_shares() {
        for sound in [
            "La spesa è ripartita: 50% Roccaforte, 30% Valdastra, 20% Pian del Lago.",
            "La spesa è ripartita in quote di 33,33%, 33,33% e 33,34%.",
            "La spesa è ripartita in tre quote: 33,3%, 33,3% e 33,3%.",
            "I costi sono ripartiti per il 30% in parti uguali e per il resto in base agli abitanti, con un limite del 50%.",
            "La spesa è ripartita con un acconto del 50% e il 40% a giugno.",
            "Si vota con il 50% dei presenti e il 40% degli abitanti.",
            "La spesa è ripartita: 60% nel 2026, 30% nel 2027.",
            "Il riparto segue gli abitanti; lo scostamento del 10% o del 95% non conta.",
            "La spesa è ripartita per il 50% fra tutti: 60% A, 40% B.",
        ] {
            assert_eq!(sum(sound), None, "{sound}");
        }
    }
}
