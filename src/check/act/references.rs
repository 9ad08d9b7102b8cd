//! C30-15: every reference leads to an article that exists and covers what it is cited for, also those typed by hand.

use super::Judged;
use crate::act::{Act, Article, Element, Inline, Text, for_each_run, plain};
use crate::check::Findings;
use crate::diagnostic::Diagnostic;
use crate::italian::fold;
use crate::place::Place;

/// Words that tell what a sentence cites an article for.
const TOPICS: [(Element, &[&str]); 6] = [
    (Element::Finanziari, &["trasferiment", "risorse", "quota", "quote", "contribut", "rimbors"]),
    (Element::Durata, &["durata", "scadenza", "decorrenza"]),
    (Element::Recesso, &["recess", "recede"]),
    (Element::Consultazione, &["assemblea", "conferenza", "consultazion"]),
    (Element::Garanzie, &["penal", "inadempi", "garanzi"]),
    (Element::Controversie, &["controvers"]),
];

/// C30-15.
pub fn resolve(judged: &Judged<'_>, findings: &mut Findings) {
    let act = judged.act;
    for_each_run(&act.blocks, &mut |run| {
        for inline in run {
            if let Inline::Reference(reference) = inline {
                if reference.s.is_empty() {
                    let message = format!("il richiamo a «{}» non trova nessun articolo o allegato", reference.target);
                    findings.push(
                        Diagnostic::new("C30-15", reference.place.clone(), message)
                            .hint("correggere il nome fra parentesi, o aggiungere l’articolo"),
                    );
                } else if let Some(cited) = reference.cites
                    && let Some(article) = act.articles().find(|article| article.id == reference.target)
                    && !article.covers.contains(&cited)
                {
                    findings.push(mismatch(article, cited, reference.place.clone()));
                }
            }
        }
    });
    for article in act.articles() {
        for_each_run(&article.blocks, &mut |run| typed(act, article, run, findings));
    }
}

fn mismatch(article: &Article, cited: Element, place: Place) -> Diagnostic {
    let message = format!(
        "l’art. {} («{}») è citato per {} ma non ne tratta",
        article.number,
        plain(&article.heading),
        cited.italian()
    );
    Diagnostic::new("C30-15", place, message).hint("citare l’articolo giusto, scrivendo il richiamo come [](#nome)")
}

/// References typed in figures: "l’articolo 6 della presente convenzione". Those to laws name a law and are left alone.
fn typed(act: &Act, within: &Article, run: &Text, findings: &mut Findings) {
    // Most runs cite nothing, and are left before anything is copied.
    if !has_own(run, &has_figure) || !has_own(run, &has_art) {
        return;
    }
    let mut lower = own_words(run);
    lower.make_ascii_lowercase();
    for mark in ["articolo ", "art. ", "art.\u{a0}"] {
        for (at, _) in lower.match_indices(mark) {
            let after = lower.get(at + mark.len()..).unwrap_or_default();
            let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
            let Ok(number) = digits.parse::<u32>() else { continue };
            let tail = fold(&after.chars().skip(digits.len()).take(60).collect::<String>());
            let own =
                ["della presente", "della convenzione", "del presente atto", "che precede", "precedente", "seguente"];
            if !own.iter().any(|words| tail.contains(words)) {
                continue;
            }
            let Some(target) = act.articles().find(|article| article.number == number) else {
                let message = format!("l’art. {} cita un articolo {number} che non esiste", within.number);
                let hint = "scrivere il richiamo come [](#nome): il numero lo mette il programma";
                findings.push(Diagnostic::new("C30-15", within.place.clone(), message).hint(hint));
                continue;
            };
            let sentence = fold(lower.get(..at).unwrap_or_default().rsplit(['.', ';']).next().unwrap_or_default());
            let topics = TOPICS.iter().filter(|(_, stems)| stems.iter().any(|stem| sentence.contains(stem)));
            let topics: Vec<Element> = topics.map(|(element, _)| *element).collect();
            if let (Some(first), false) = (topics.first(), topics.iter().any(|topic| target.covers.contains(topic))) {
                findings.push(mismatch(target, *first, within.place.clone()));
            }
        }
    }
}

/// True where a figure is in the words. Every byte is looked at, for many are looked at together then.
fn has_figure(words: &str) -> bool {
    words.bytes().fold(false, |found, byte| found | byte.is_ascii_digit())
}

/// True where "art" is in the words, in any case; as above.
fn has_art(words: &str) -> bool {
    let (first, second, third) = (words.bytes(), words.bytes().skip(1), words.bytes().skip(2));
    let is = |byte: u8, letter: u8| byte | 0x20 == letter;
    first.zip(second).zip(third).fold(false, |found, ((a, r), t)| found | (is(a, b'a') & is(r, b'r') & is(t, b't')))
}

/// True where a piece of the words that `own_words` gives holds.
fn has_own(run: &[Inline], holds: &dyn Fn(&str) -> bool) -> bool {
    run.iter().any(|inline| match inline {
        Inline::Text { s } => holds(s),
        Inline::Value(value) => holds(&value.s),
        Inline::Strong { c } | Inline::Emphasis { c } => has_own(c, holds),
        Inline::Blank(_) | Inline::Reference(_) | Inline::Break => false,
    })
}

/// The words of a run without the references that the program itself numbers.
fn own_words(run: &Text) -> String {
    run.iter()
        .map(|inline| match inline {
            Inline::Reference(_) => String::new(),
            other => plain(std::slice::from_ref(other)),
        })
        .collect()
}
