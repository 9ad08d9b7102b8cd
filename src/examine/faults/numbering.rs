//! Numbers of articles, and the index that lists them. Called by `faults`.

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::kind::Kind;
use crate::examine::structure::{Article, Entry};
use crate::examine::text::Folded;
use crate::rule::Severity;

/// ESA-03: numbers that come twice, that are skipped, that go back.
pub(super) fn articles(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let mut before: Option<&Article> = None;
    for article in &act.structure.articles {
        let last = before.filter(|before| before.sequence == article.sequence);
        let (Some(number), previous) = (article.number, last.and_then(|last| last.number).unwrap_or(0)) else {
            continue;
        };
        let is_new = last.is_none();
        let same = last.is_some_and(|last| last.number == article.number && last.suffix == article.suffix);
        let place = act.line(article.line);
        if same {
            let message = format!("ci sono due articoli {}: {} e il precedente", article.label(), article.named());
            found.push(
                Diagnostic::new("ESA-03", place, message)
                    .hint("rinumerare gli articoli e controllare tutti i rinvii interni")
                    .related(act.line(last.map_or(1, |last| last.line))),
            );
        } else if number > previous + 1 {
            let missing: Vec<String> = (previous + 1..number).take(6).map(|number| number.to_string()).collect();
            let (what, verb) = if missing.len() == 1 { ("l’articolo", "manca") } else { ("gli articoli", "mancano") };
            let list = missing.join(", ");
            let from = if is_new {
                "gli articoli non cominciano da 1".to_owned()
            } else {
                format!("dopo l’art. {previous} viene l’art. {number}")
            };
            found.push(
                Diagnostic::new("ESA-03", place, format!("{from}: {verb} {what} {list}"))
                    .severity(Severity::Warning)
                    .hint("controllare se è stato tolto un articolo; rinumerare e controllare i rinvii interni"),
            );
        } else if number < previous {
            let message = format!("gli articoli non sono in ordine: dopo l’art. {previous} viene l’art. {number}");
            found.push(
                Diagnostic::new("ESA-03", place, message)
                    .hint("rinumerare gli articoli e controllare i rinvii interni"),
            );
        }
        before = Some(article);
    }
}

/// ESA-06: the index does not list the articles that there are.
pub(super) fn index(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let Some(first) = act.structure.index.first() else { return };
    let articles: Vec<&Article> = act.structure.articles.iter().filter(|article| article.sequence == 0).collect();
    let mut faults = Vec::new();
    let unlisted: Vec<String> = articles
        .iter()
        .filter(|article| {
            article.number.is_some() && !act.structure.index.iter().any(|entry| Some(entry.number) == article.number)
        })
        .map(|article| article.label())
        .collect();
    if !unlisted.is_empty() {
        faults.push(format!("non elenca {}", listed(&unlisted)));
    }
    // The entries at fault; where the index leaves articles out, its first.
    let mut places: Vec<u32> = if unlisted.is_empty() { Vec::new() } else { vec![first.line] };
    let has_article = |entry: &&Entry| articles.iter().any(|article| article.number == Some(entry.number));
    let absent: Vec<&Entry> = act.structure.index.iter().filter(|entry| !has_article(entry)).collect();
    if !absent.is_empty() {
        places.extend(absent.iter().map(|entry| entry.line));
        let numbers: Vec<String> = absent.iter().map(|entry| entry.number.to_string()).collect();
        let are = if numbers.len() == 1 { "c’è" } else { "ci sono" };
        faults.push(format!("elenca {}, che nel testo non {are}", listed(&numbers)));
    }
    for entry in &act.structure.index {
        // A number may come twice, which is a fault of its own.
        let same = articles.iter().filter(|article| article.number == Some(entry.number));
        let said = Folded::new(&entry.heading).text;
        let said = said.trim();
        let agrees = |article: &&Article| {
            let is = Folded::new(&article.heading).text;
            let is = is.trim();
            said.is_empty() || is.is_empty() || said.starts_with(is) || is.starts_with(said)
        };
        let Some(article) = same.clone().next() else { continue };
        if !same.clone().any(agrees) {
            places.push(entry.line);
            faults.push(format!("chiama «{}» l’art. {}, che è «{}»", entry.heading, entry.number, article.heading));
        }
    }
    if let Some(line) = places.into_iter().min() {
        let message = format!("l’indice non corrisponde agli articoli: {}", faults.join("; "));
        found.push(Diagnostic::new("ESA-06", act.line(line), message).hint("rifare l’indice dal testo definitivo"));
    }
}

/// "l’art. 4", "gli artt. 4, 6 e 7".
fn listed(labels: &[String]) -> String {
    match labels.split_last() {
        None => String::new(),
        Some((last, [])) => format!("l’art. {last}"),
        Some((last, rest)) => format!("gli artt. {} e {last}", rest.join(", ")),
    }
}

/// ESA-11: articles without a text, or with a note to oneself in its place.
pub(super) fn empty(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    if act.kind == Kind::Altro {
        return;
    }
    for article in &act.structure.articles {
        let words = article.words();
        let folded = Folded::new(&words).text;
        let count = folded.split_whitespace().count();
        let note = ["da completare", "da definire", "da inserire", "da verificare", "omissis", "to do", "da integrare"];
        let place = act.line(article.line);
        if count == 0 && !article.heading.is_empty() && article.number.is_some() {
            let message = format!("{} ha il titolo ma non il testo", article.named());
            found.push(
                Diagnostic::new("ESA-11", place, message).hint("scrivere il testo, o togliere l’articolo e rinumerare"),
            );
        } else if count > 0 && count < 12 && note.iter().any(|note| folded.contains(note)) {
            let message = format!("{} non è finito: «{words}»", article.named());
            found.push(Diagnostic::new("ESA-11", place, message).hint("scrivere il testo dell’articolo"));
        }
    }
}
