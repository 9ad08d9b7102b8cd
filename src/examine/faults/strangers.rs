//! A Comune that the act names once alone, though it is no party: often what is left of the act that was copied. Called by
//! `faults`.

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::kind::Kind;
use crate::examine::text::{Folded, Paragraph};

/// Small words inside a name.
const LINKS: [&str; 14] =
    ["di", "del", "della", "dei", "degli", "delle", "in", "al", "alla", "sul", "sulla", "a", "sopra", "sotto"];
/// Words with which many names begin.
const COMMON: [&str; 14] = [
    "castel",
    "castello",
    "monte",
    "montagna",
    "borgo",
    "pieve",
    "villa",
    "torre",
    "rocca",
    "santa",
    "vecchio",
    "vecchia",
    "marina",
    "superiore",
];
/// Letters of a word that tells one name from another.
const TELLING: usize = 5;
/// Most bodies named in the act: each is looked for in all of it.
const MOST: usize = 300;
/// Words right before a body that a deliberation says is its own.
const OWN: [&str; 6] = ["interesse", "bilancio", "territorio", "cittadini", "abitanti", "popolazione"];

/// ESA-19.
pub(super) fn strangers(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let structure = act.structure;
    let articles: Vec<&Paragraph> = structure.articles.iter().flat_map(|article| &article.paragraphs).collect();
    let looked_at: Vec<&Paragraph> = match act.kind {
        Kind::Convenzione | Kind::Accordo => articles.clone(),
        Kind::Delibera => structure.opening.iter().chain(articles.iter().copied()).collect(),
        _ => return,
    };
    let headings = structure.articles.iter().map(|article| article.heading.as_str());
    let outside = structure.earlier.iter().chain(&structure.opening).chain(&structure.closing).chain(&structure.notes);
    let all = outside.chain(articles).map(|paragraph| paragraph.text.as_str()).chain(headings);
    let whole = format!(" {} ", all.map(|text| Folded::new(text).text).collect::<Vec<_>>().join(" "));
    let named: Vec<(&Paragraph, usize, String)> = looked_at
        .into_iter()
        .flat_map(|paragraph| names(&paragraph.text).into_iter().map(move |(at, name)| (paragraph, at, name)))
        .collect();
    // An act that never names its parties has no strangers; one that names hundreds of bodies is a list.
    if named.len() > MOST {
        return;
    }
    if !named.iter().any(|(.., name)| times(&whole, name) > 1) && act.kind != Kind::Delibera {
        return;
    }
    for (paragraph, at, name) in &named {
        let before = Folded::new(paragraph.text.get(..*at).unwrap_or_default()).text;
        let before: Vec<&str> = before.split_whitespace().rev().take(2).collect();
        let is_own = before.iter().any(|word| OWN.contains(word));
        if times(&whole, name) > 1 || act.kind == Kind::Delibera && !is_own {
            continue;
        }
        let message = format!("il Comune di {name} è nominato soltanto qui");
        found.push(
            Diagnostic::new("ESA-19", act.at(paragraph, *at), message)
                .hint("se non è una parte, è forse rimasto da un altro atto: controllare il nome"),
        );
    }
}

/// The names after "Comune di", with the byte where "Comune" stands.
fn names(text: &str) -> Vec<(usize, String)> {
    let found = ["Comune di ", "comune di "].iter().flat_map(|words| text.match_indices(words));
    let mut found: Vec<(usize, String)> = found
        .filter_map(|(at, words)| {
            let mut name: Vec<&str> = Vec::new();
            let mut kept = 0;
            for word in text.get(at + words.len()..)?.split(' ') {
                let plain = word.trim_end_matches(|c: char| !c.is_alphanumeric());
                let is_name = plain.chars().next().is_some_and(char::is_uppercase);
                if !(is_name || kept > 0 && LINKS.contains(&word)) {
                    break;
                }
                name.push(plain);
                kept = if is_name { name.len() } else { kept };
                if plain.len() < word.len() {
                    break;
                }
            }
            name.truncate(kept);
            (kept > 0).then(|| (at, name.join(" ")))
        })
        .collect();
    found.sort_unstable();
    found
}

/// How many times the words of an act name a body: in full, or by the word that tells it from others.
fn times(whole: &str, name: &str) -> usize {
    let folded = Folded::new(name).text;
    let count = |words: &str| whole.matches(&format!(" {words} ")).count();
    let telling = folded.split(' ').filter(|word| word.len() >= TELLING && !COMMON.contains(word));
    telling.map(count).max().unwrap_or(0).max(count(folded.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_to_their_end() {
        let text = "Al Comune di Castel Ventoso sono dati, con il Comune di Pieve al Monte, i beni del comune di Rio.";
        let read: Vec<String> = names(text).into_iter().map(|(_, name)| name).collect();
        assert_eq!(read, ["Castel Ventoso", "Pieve al Monte", "Rio"]);
        assert_eq!(names("il Comune di residenza e ogni Comune di cui sopra"), []);
    }

    #[test]
    fn a_body_is_known_by_its_name_or_by_the_word_that_tells_it() {
        let whole = " comune di castel ventoso e comune di castel maggiore detto maggiore ";
        assert_eq!((times(whole, "Castel Ventoso"), times(whole, "Castel Maggiore")), (1, 2));
    }
}
