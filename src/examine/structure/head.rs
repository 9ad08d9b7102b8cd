//! Where articles begin: the lines that open one, told apart from those that only cite one. Called by `structure`.

use super::number;
use super::{Head, Line};
use crate::examine::source::Role;
use crate::examine::structure::index;

/// Words after which "art. 4" is a citation that the end of the line has cut.
const CITING: &[&str] = &[
    "all",
    "dell",
    "nell",
    "dall",
    "sull",
    "l",
    "al",
    "del",
    "dal",
    "nel",
    "il",
    "successivo",
    "precedente",
    "presente",
    "citato",
    "predetto",
    "suddetto",
    "medesimo",
    "cui",
    "e",
    "o",
    "ed",
    "ex",
    "dal",
    "con",
    "per",
    "di",
    "a",
];
/// Of these words, those with which a sentence may end.
const FORGETFUL: &[&str] =
    &["successivo", "precedente", "presente", "citato", "predetto", "suddetto", "medesimo", "cui"];
/// How the words after "Art. 30" begin when a law is cited.
const LAWS: &[&str] = &[
    "d.lgs",
    "d. lgs",
    "dlgs",
    "d.p.r",
    "dpr",
    "d.l",
    "l. ",
    "legge",
    "t.u",
    "tuel",
    "cost.",
    "cod",
    "c.c",
    "cad",
    "gdpr",
    "d.m",
    "decreto",
    "regolamento (ue",
    "c.p",
];
/// Words that go on with a citation.
const GOES_ON: &[&str] =
    &["comma", "commi", "c", "del", "della", "dello", "dell", "dei", "e", "ed", "o", "lett", "lettera", "co"];

const SEPARATORS: [char; 10] = [' ', '.', ')', ':', '-', '–', '—', '°', 'º', '|'];

/// The lines that open an article.
pub(super) fn articles(lines: &[&Line]) -> Vec<Head> {
    opened(lines, opens)
}

/// What acts have in the place of articles: "Patto primo.", "Clausola 2 –", "Punto 3 -", "Terzo" by itself.
pub(super) fn covenants(lines: &[&Line]) -> Vec<Head> {
    let ordinal = |text: &str| {
        let word = text.trim().trim_end_matches(['.', ':']);
        let alone = word.len() > 4 && word.chars().all(char::is_alphabetic) && word.ends_with('o');
        number::of(word).filter(|_| alone && word != word.to_lowercase())
    };
    let alone = counted(lines, &|word| ordinal(word), &|_, after| after.is_empty());
    if alone.len() >= 3 { alone } else { opened(lines, |text| opens_with(text, &["patto", "clausola", "punto"])) }
}

fn opened(lines: &[&Line], opens: impl Fn(&str) -> Option<(u32, String, &str)>) -> Vec<Head> {
    let mut heads = Vec::new();
    // Where nearly all is in capitals they tell no heading.
    let worded = lines.iter().filter(|line| line.text.chars().filter(|c| c.is_alphabetic()).count() > 20);
    let (all, capital) = worded.fold((0_usize, 0_usize), |(all, capital), line| {
        (all + 1, capital + usize::from(!line.text.chars().any(char::is_lowercase)))
    });
    let is_shouted = capital * 3 > all * 2;
    for (at, line) in lines.iter().enumerate() {
        let Some((number, suffix, rest)) = opens(&line.text) else { continue };
        // A paragraph that is whole has not been cut in the middle of a citation.
        let before = at.checked_sub(1).and_then(|before| lines.get(before)).filter(|line| !line.whole);
        let before = before.map(|line| line.text.trim());
        if cut_citation(before.unwrap_or_default(), &line.text, rest) {
            continue;
        }
        let listed = line.role == Role::Index || index::leads_to_a_page(rest);
        let (rest, taken) =
            if listed { (index::without_page(rest), 1) } else { whole_heading(lines, at, rest, is_shouted) };
        heads.push(Head { at, number: Some(number), suffix, rest, lines: taken, listed });
    }
    heads
}

/// Number, suffix and the rest of a line that opens with "Art." or "§".
fn opens(text: &str) -> Option<(u32, String, &str)> {
    opens_with(text, &["articolo", "art"])
}

fn opens_with<'a>(text: &'a str, words: &[&str]) -> Option<(u32, String, &'a str)> {
    let text = text.trim_start().trim_start_matches(['«', '"', '“', '*', '•']).trim_start();
    let lower: String = text.chars().take(9).flat_map(char::to_lowercase).collect();
    let after = if lower.starts_with('§') {
        text.strip_prefix('§')?
    } else {
        let word = words.iter().find(|word| lower.starts_with(*word))?;
        text.get(word.len()..)?
    };
    if after.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let after = after.trim_start_matches(['.', ' ', '\u{a0}']);
    let after = after.strip_prefix("n.").map_or(after, str::trim_start);
    let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
    let word = after.get(..end)?;
    // "Art.1Oggetto": figures end where letters begin.
    let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (word, end) = if digits > 0 { (word.get(..digits)?, digits) } else { (word, end) };
    let number = number::of(word.trim_end_matches(['°', 'º']))?;
    let rest = after.get(end..)?;
    let latin = rest.trim_start_matches(['-', '–', ' ']);
    for suffix in ["bis", "ter", "quater", "quinquies", "sexies"] {
        if let Some(rest) = latin.strip_prefix(suffix)
            && !rest.starts_with(|c: char| c.is_alphanumeric())
        {
            return Some((number, suffix.to_owned(), rest));
        }
    }
    Some((number, String::new(), rest))
}

/// True where the words belong to a sentence that cites an article.
fn cut_citation(before: &str, line: &str, rest: &str) -> bool {
    let text = rest.trim_start_matches(SEPARATORS);
    let separators = rest.get(..rest.len() - text.len()).unwrap_or_default();
    let parts = separators.contains([')', ':', '-', '–', '—', '|']);
    let lower = text.to_lowercase();
    if rest.trim_start().starts_with([',', ';']) || LAWS.iter().any(|law| lower.starts_with(law)) {
        return true;
    }
    let first = lower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let lowercase = text.chars().next().is_some_and(char::is_lowercase);
    if lowercase && (!parts || GOES_ON.contains(&first)) {
        return true;
    }
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    let unfinished = before.ends_with([',', '(']) || !before.ends_with(['.', ';', ':']) && CITING.contains(&last);
    // "Art. 7 - Delega" has a heading, whatever the line before forgot at its end.
    let titled = separators.contains(['-', '–', '—']) && line.trim_start().starts_with('A') && !lowercase;
    if unfinished && !(titled && FORGETFUL.contains(&last)) {
        return true;
    }
    let small = line.trim_start().starts_with('a');
    small && (text.is_empty() || !parts) && !before.is_empty() && !before.ends_with(['.', ';', ':'])
}

/// The heading with the lines below that belong to it, and how many lines that makes with the first. In an act that
/// `is_shouted` capitals tell nothing.
fn whole_heading(lines: &[&Line], at: usize, rest: &str, is_shouted: bool) -> (String, usize) {
    let mut heading = rest.trim_start_matches(SEPARATORS).trim().to_owned();
    let mut taken = 1;
    if heading.is_empty() {
        // The heading stands on the next line with words, if that is no sentence.
        let below = lines.iter().enumerate().skip(at + 1).find(|(_, line)| !line.text.trim().is_empty());
        let Some((below, line)) = below.filter(|(below, _)| below - at <= 3) else { return (heading, taken) };
        let text = line.text.trim();
        let bracketed = text.starts_with('(') && text.trim_end_matches('.').ends_with(')');
        let last = text.rsplit([' ', '’', '\'']).next().unwrap_or_default().to_lowercase();
        // "L’opera risponde all’esigenza di" goes on below.
        let short =
            text.chars().count() <= 90 && !text.ends_with(['.', ';', ':', ',']) && !CITING.contains(&last.as_str());
        let begins = text.chars().next().is_some_and(char::is_uppercase) && opens(text).is_none();
        // A full line is the first of a paragraph, not a heading.
        let next = lines.get(below + 1).map(|line| line.text.trim()).unwrap_or_default();
        let goes_on = text.chars().count() > 60 && next.chars().next().is_some_and(char::is_lowercase);
        if bracketed || short && begins && !goes_on && super::body::marker(text).is_none() {
            heading = text.trim_matches(['(', ')', '.', ' ']).to_owned();
            taken = below - at + 1;
        }
    }
    // A heading in capitals may take two or three lines.
    let capitals = |text: &str| {
        text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase) && opens(text).is_none()
    };
    while taken < 4 && !is_shouted && !heading.is_empty() && capitals(&heading) && !heading.ends_with(['.', ')']) {
        let Some(next) = lines.get(at + taken).map(|line| line.text.trim()) else { break };
        if !capitals(next)
            || next.chars().count() > 90
            || super::body::marker(next).is_some()
            || super::body::is_title(next)
        {
            break;
        }
        heading = format!("{heading} {next}");
        taken += 1;
    }
    (heading, taken)
}

/// Parts what follows the number into heading and first words of the text.
pub(super) fn heading(rest: &str) -> (String, String) {
    let text = rest.trim().trim_start_matches(SEPARATORS);
    if let Some(inside) = text.strip_prefix('(')
        && let Some((heading, after)) = inside.split_once(')')
    {
        return (heading.trim().to_owned(), after.trim_start_matches(SEPARATORS).to_owned());
    }
    let words = |text: &str| text.split_whitespace().count();
    let first = super::super::text::sentences(text).first().cloned().unwrap_or(0..text.len());
    let (head, after) = (text.get(first.clone()).unwrap_or_default(), text.get(first.end..).unwrap_or_default());
    let plain = head.trim_end_matches('.').trim();
    if after.trim().is_empty() {
        // One sentence: a heading has no full stop at its end, or is very short.
        let is_heading =
            plain.chars().count() <= 110 && (!head.trim_end().ends_with(['.', ';', ':']) || words(plain) <= 6);
        return if is_heading { (plain.to_owned(), String::new()) } else { (String::new(), text.to_owned()) };
    }
    if words(plain) <= 9 { (plain.to_owned(), after.trim().to_owned()) } else { (String::new(), text.to_owned()) }
}

/// Takes away what only cites: a number far ahead of the one before, when the sequence goes on after it as if it were not
/// there ("Art. 30" between 2 and 3).
pub(super) fn drop_citations(heads: &mut Vec<Head>) {
    let numbers: Vec<u32> = heads.iter().map(|head| head.number.unwrap_or(0)).collect();
    let mut before = 0;
    let mut kept = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        let later = numbers.get(index + 1..).unwrap_or_default();
        let resumes = later.iter().take(4).any(|next| *next > before && *next <= before + 2);
        let jumps = *number > before + 3
            && (resumes || before == 0 && later.contains(&1) || later.is_empty() && *number > before + 8);
        kept.push(!jumps);
        if !jumps {
            before = *number;
        }
    }
    let mut kept = kept.into_iter();
    heads.retain(|_| kept.next().unwrap_or(true));
}

/// Numbered headings without the word "articolo": "1) OGGETTO", "2 Durata", "III. Oneri. Il costo…". They count from 1, one
/// by one, in figures of one kind. What stands before `from` is an index.
pub(super) fn numbered(lines: &[&Line], from: usize) -> Vec<Head> {
    let heads = |number: &dyn Fn(&str) -> Option<u32>| {
        let mut heads = counted(lines.get(from..).unwrap_or_default(), &number, &titled);
        heads.iter_mut().for_each(|head| head.at += from);
        heads
    };
    let arabic = heads(&|word| word.parse().ok().filter(|_| word.len() <= 2));
    if arabic.len() >= 3 { arabic } else { heads(&number::roman) }
}

/// Numbered clauses without headings: "1. Le notificazioni sono eseguite…". Only where they count through the whole act: a list
/// inside a part of it begins again.
pub(super) fn clauses(lines: &[&Line]) -> Vec<Head> {
    let sentence = |rest: &str, after: &str| {
        rest.starts_with(['.', ')']) && after.chars().next().is_some_and(char::is_uppercase) && after.len() > 30
    };
    let arabic = |word: &str| word.parse().ok().filter(|_| word.len() <= 2);
    let heads = counted(lines, &arabic, &sentence);
    let begins = |line: &&&Line| line.text.trim_start().starts_with("1.") || line.text.trim_start().starts_with("1)");
    if lines.iter().filter(begins).count() == 1 { heads } else { Vec::new() }
}

/// True for what follows the number of a heading: the rest of the line, and the same without what parts it from the number.
fn titled(rest: &str, after: &str) -> bool {
    let (title, inline) = heading(after);
    let words = title.split(' ').count();
    let parted = rest.len() > after.len() && rest.trim_start().starts_with(['.', ')', '-', '–', ':', '°']);
    // "1 Oggetto": a number by itself before a heading by itself.
    let bare = rest.starts_with(' ') && inline.is_empty() && words <= 6 && !after.ends_with('.');
    let begins = title.chars().next().is_some_and(char::is_uppercase);
    // A list of things to decide ("1. di approvare") has no headings.
    (parted || bare) && begins && words <= 10 && !after.ends_with([';', ',']) && (inline.is_empty() || words <= 5)
}

/// The lines that count from 1, one by one, where what follows the number is as it should be.
fn counted(lines: &[&Line], number: &impl Fn(&str) -> Option<u32>, fits: &impl Fn(&str, &str) -> bool) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut wanted = 1;
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        let after = rest.trim_start_matches(SEPARATORS);
        if word.is_empty() || number(word) != Some(wanted) || !fits(rest, after) {
            continue;
        }
        // An entry of the index: the heading comes again.
        if line.role == Role::Index || index::leads_to_a_page(rest) {
            continue;
        }
        let rest = after.to_owned();
        heads.push(Head { at, number: Some(wanted), suffix: String::new(), rest, lines: 1, listed: false });
        wanted += 1;
    }
    heads
}

/// Roman figures each by itself on a line: "IV." They go up from I; one may come twice or be skipped, which is a fault of
/// the act.
pub(super) fn romans(lines: &[&Line]) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let word = line.text.trim().trim_end_matches(['.', ')', '°']);
        let Some(number) = number::roman(word) else { continue };
        let before = heads.last().and_then(|head| head.number).unwrap_or(0);
        if number.checked_sub(before).is_some_and(|step| step <= 2) && (before > 0 || number == 1) {
            heads.push(Head {
                at,
                number: Some(number),
                suffix: String::new(),
                rest: String::new(),
                lines: 1,
                listed: false,
            });
        }
    }
    heads
}

/// Headings told only by their capitals, each over text that is not in capitals, when no list of words knows them: "CHI DECIDE",
/// "I SOLDI". The title of the act is none.
pub(super) fn in_capitals(lines: &[&Line]) -> Vec<Head> {
    let is_capital =
        |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !text.chars().any(char::is_lowercase);
    let mut heads = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.trim().trim_end_matches([':', '.']);
        let below = lines.iter().skip(at + 1).map(|line| line.text.trim()).find(|text| !text.is_empty());
        let over_text = below.is_some_and(|below| !is_capital(below) && below.chars().count() > 60);
        let short = text.chars().count() <= 60 && !text.contains([',', ';', '_', '|']);
        let title = TITLE_WORDS.iter().any(|word| text.to_lowercase().contains(word));
        if short && is_capital(text) && over_text && !title {
            let rest = text.to_owned();
            heads.push(Head { at, number: None, suffix: String::new(), rest, lines: 1, listed: false });
        }
    }
    heads
}

/// True for the line over the premises: "Premesse", "PREMESSO CHE".
pub(super) fn opens_premises(text: &str) -> bool {
    let words = text.trim().trim_end_matches(':').to_lowercase();
    words.len() <= 30 && words.starts_with("premess")
}

/// Words in capitals that stand over premises and titles.
const TITLE_WORDS: [&str; 12] = [
    "convenzion",
    "accordo",
    "premess",
    "visto",
    "considerat",
    "richiamat",
    "provincia",
    "comune di",
    "comuni di",
    "deliber",
    "conviene",
    "convengono",
];
