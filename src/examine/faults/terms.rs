//! The term: dates that do not agree, two different terms, a short one, one that renews itself, dates left blank. Called by
//! `faults`.

use std::sync::LazyLock;

use super::{Act, blanks};
use crate::act::Element;
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::structure::Article;
use crate::examine::term::{self, Length};
use crate::examine::text::{Folded, Paragraph};
use crate::rule::{self, Severity};

/// Words that make a length of time that of the act.
static OF_THE_ACT: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:durata|dura|validita|valenza|valida|valido|vale|vigore|vigenza|efficac\w+|effetto|decorr\w+|scade|cessa)\b",
    )
});
/// Lengths that are of something else: notices, payments, offices, meetings.
static OF_ELSE: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"preavviso|entro|designazione|nomina|mandato|incarico|carica|riunisc|convoca|pagament|\brat[ae]\b|trattenut|conserv|volt[ae]|almeno \w+ (?:mesi|giorni) prima|piano|programma|rinnov\w+ (?:per|di)|ulterior|proroga|prorogat|prorogabil|bilancio",
    )
});
static ACT: Lazy = LazyLock::new(|| Pattern::new(r"\b<ATTO>\b"));
static TACIT: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"(?:tacit\w+|automatic\w+)(?: \w+){0,4} (?:prorog\w+|rinnov\w+)|(?:prorog\w+|rinnov\w+)(?: \w+){0,4} (?:tacit\w+|automatic\w+|di anno in anno)|\bsi? (?:intend\w+|considera\w*)(?: \w+){0,3} (?:prorog\w+|rinnov\w+)|salvo disdetta(?: \w+){0,6} (?:prorog\w+|rinnov\w+)",
    )
});
static NOT_TACIT: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:esclus\w|non (?:e|sono|si|puo|puo essere|e ammess\w|e consentit\w|opera|prevede)|senza|mai|vietat\w|ne\b)(?: \w+){0,6} (?:tacit\w+|automatic\w+|rinnov\w+|prorog\w+)|(?:tacit\w+|automatic\w+|prorog\w+|rinnov\w+)(?: \w+){0,4} (?:esclus\w|non e ammess\w|vietat\w|non e consentit\w)",
    )
});
static ENDLESS: Lazy =
    LazyLock::new(|| Pattern::new(r"tempo indeterminato|durata indeterminata|senza limiti? di tempo|illimitat\w"));
static FUNDAMENTAL: Lazy =
    LazyLock::new(|| Pattern::new(r"funzion[ei] fondamental|14 (?:comma|c) (?:25|27|28|31)|78 2010|95 2012|135 2012"));

/// Words with which an act says its end.
static ENDS: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:presente|questa|questo|la|il|l) (?:convenzione|accordo|protocollo|intesa|atto)(?: \w+){0,4} (?:scade|scadra|termina|cessa|finisce|(?:dura|vale|resta in vigore|ha (?:durata|validita|efficacia)) (?:fino|sino))\b",
    )
});
/// The end of something else, or one that is not sure.
static NOT_THE_END: Lazy = LazyLock::new(|| {
    Pattern::new(r"precedent|previgent|originari|in essere|prorog|rinnov|qualora|salvo|\bse\b|anticipat|recess")
});

/// Years that are not of twelve months.
static OF_A_SEASON: Lazy =
    LazyLock::new(|| Pattern::new(r"\bann[oi] (?:educativ|scolastic|formativ|accademic|sportiv)|stagion[ei]"));

/// A day on which the act ends, as it says.
struct End<'a> {
    day: chrono::NaiveDate,
    /// What it follows from: "tre anni dal 01/01/2025"; empty where the day itself is said.
    from: String,
    article: &'a Article,
    paragraph: &'a Paragraph,
    at: usize,
}

/// A length of time that the act gives itself.
struct Said<'a> {
    length: Length,
    article: &'a Article,
    paragraph: &'a Paragraph,
    at: usize,
}

/// C30-03, C30-08, C30-09, C30-10, ESA-07.
pub(super) fn term(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let mut said: Vec<Said<'_>> = Vec::new();
    let mut spanned: Vec<Said<'_>> = Vec::new();
    let mut ends: Vec<End<'_>> = Vec::new();
    for article in act.structure.articles.iter().filter(|article| article.sequence == 0) {
        let heading = Folded::new(&article.heading).text;
        let titled = ["durata", "validita", "vigenza", "decorrenza", "scadenza", "efficacia"]
            .iter()
            .any(|word| heading.contains(word));
        for paragraph in &article.paragraphs {
            for range in paragraph.sentences() {
                let text = paragraph.text.get(range.clone()).unwrap_or_default();
                let folded = Folded::new(text);
                tacit(act, article, paragraph, (range.start, &folded), found);
                if let Some(said) = ENDS.find(&folded.text)
                    && !NOT_THE_END.is_in(folded.text.get(..said.end).unwrap_or_default())
                    && let (_, Some(day)) = term::days(text)
                {
                    ends.push(End { day, from: String::new(), article, paragraph, at: range.start });
                }
                let of_the_act = OF_THE_ACT.is_in(&folded.text) && (titled || ACT.is_in(&folded.text));
                if !(titled || of_the_act) {
                    continue;
                }
                if titled && ENDLESS.is_in(&folded.text) {
                    let message = format!("{} non ha una fine: «{}»", article.named(), text.trim());
                    found.push(
                        Diagnostic::new("C30-03", act.at(paragraph, range.start), message)
                            .hint("stabilire il giorno in cui la convenzione finisce"),
                    );
                }
                let lengths: Vec<Length> = term::lengths(&folded.text)
                    .into_iter()
                    .filter(|length| of_the_act && !near_else(&folded.text, length))
                    .collect();
                dates(act, article, (paragraph, range.start, text), lengths.first(), found);
                ends.extend(lengths.first().and_then(|length| {
                    let (first, last) = term::days(text);
                    let reckoned =
                        || date::term_end(first?, length.months / 12).filter(|_| length.months.is_multiple_of(12));
                    let day = last.or_else(reckoned)?;
                    let from = match first {
                        Some(first) if last.is_none() => format!("{} dal {}", length.said, date::short(first)),
                        _ => String::new(),
                    };
                    Some(End { day, from, article, paragraph, at: range.start })
                }));
                spanned.extend(span(text).map(|length| Said { length, article, paragraph, at: range.start }));
                said.extend(lengths.into_iter().map(|length| {
                    let at = range.start + folded.origin(length.at.start);
                    Said { length, article, paragraph, at }
                }));
            }
            if titled && blanks::is_of_term(article, paragraph) {
                blank(act, article, paragraph, found);
            }
        }
    }
    if !conflict(act, &said, found) {
        two_ends(act, &ends, found);
    }
    short(act, said.first().into_iter().chain(spanned.first()).min_by_key(|said| said.length.months), found);
}

/// How long the act says that it lasts: the first length, or the days of beginning and end.
pub(super) fn stated(act: &Act<'_>) -> Option<Length> {
    let articles = act.structure.articles.iter().filter(|article| article.sequence == 0);
    articles.flat_map(|article| &article.paragraphs).find_map(|paragraph| {
        paragraph.sentences().into_iter().find_map(|range| {
            let text = paragraph.text.get(range)?;
            let folded = Folded::new(text).text;
            if !(OF_THE_ACT.is_in(&folded) && ACT.is_in(&folded)) {
                return None;
            }
            let own = term::lengths(&folded).into_iter().find(|length| !near_else(&folded, length));
            own.or_else(|| span(text))
        })
    })
}

/// The time between the two days that a sentence says, in months.
fn span(text: &str) -> Option<Length> {
    let (Some(first), Some(last)) = term::days(text) else { return None };
    let days = (last - first).num_days();
    // The days of twelve months and of those of a leap year make twelve months.
    let months = u32::try_from((days + 15) * 12 / 365).ok().filter(|_| days > 0)?;
    let said = match months {
        0 => "meno di un mese".to_owned(),
        months if months.is_multiple_of(12) => crate::italian::count(months as usize / 12, "anno", "anni"),
        months => crate::italian::count(months as usize, "mese", "mesi"),
    };
    Some(Length { months, said, at: 0..0 })
}

/// True where the words around a length make it that of a notice, of an office, of a payment.
fn near_else(folded: &str, length: &Length) -> bool {
    let start = folded.get(..length.at.start).unwrap_or_default();
    let before: Vec<&str> = start.split_whitespace().rev().take(5).collect();
    let before: String = before.into_iter().rev().map(|word| format!("{word} ")).collect();
    let after: Vec<&str> = folded.get(length.at.end..).unwrap_or_default().split_whitespace().take(2).collect();
    OF_ELSE.is_in(&before) || matches!(after.first(), Some(&"prima" | &"precedent" | &"antecedent"))
}

/// C30-03: blanks where the days should be.
fn blank(act: &Act<'_>, article: &Article, paragraph: &Paragraph, found: &mut Vec<Diagnostic>) {
    let Some(at) = blanks::of(&paragraph.text).first().copied() else { return };
    let folded = Folded::new(&paragraph.text).text;
    let length = term::lengths(&folded).first().map(|length| format!("la durata è detta «{}», ma ", length.said));
    let message = format!(
        "{} {}il giorno di inizio o di fine è in bianco: «{}»",
        article.inside(),
        length.unwrap_or_default(),
        blanks::around(paragraph, at)
    );
    found.push(
        Diagnostic::new("C30-03", act.at(paragraph, at), message)
            .hint("scrivere il giorno di inizio e quello di fine della convenzione"),
    );
}

/// C30-10.
fn tacit(
    act: &Act<'_>,
    article: &Article,
    paragraph: &Paragraph,
    (start, folded): (usize, &Folded),
    found: &mut Vec<Diagnostic>,
) {
    let Some(range) = TACIT.find(&folded.text) else { return };
    if NOT_TACIT.is_in(&folded.text) {
        return;
    }
    let at = start + folded.origin(range.start);
    let quote = paragraph.quote(at..at + range.len(), 0..paragraph.text.len());
    let message = format!("{} l’atto si rinnova o si proroga da sé: «{quote}»", article.inside());
    found.push(
        Diagnostic::new("C30-10", act.at(paragraph, at), message)
            .hint("prevedere il rinnovo espresso, con nuove deliberazioni prima della scadenza"),
    );
}

/// C30-09: the days do not make the length, or the end comes before the beginning.
fn dates(
    act: &Act<'_>,
    article: &Article,
    (paragraph, start, text): (&Paragraph, usize, &str),
    length: Option<&Length>,
    found: &mut Vec<Diagnostic>,
) {
    let (Some(first), Some(last)) = term::days(text) else { return };
    let place = || act.at(paragraph, start);
    if last <= first {
        let message = format!(
            "{} la fine ({}) viene prima dell’inizio ({})",
            article.inside(),
            date::short(last),
            date::short(first)
        );
        found.push(Diagnostic::new("C30-09", place(), message).hint("correggere una delle due date"));
        return;
    }
    let Some(length) = length.filter(|length| length.months.is_multiple_of(12)) else { return };
    // A few days of difference are a way of counting, not another term; a school year ends when it will.
    let tolerated = if OF_A_SEASON.is_in(&Folded::new(text).text) { 100 } else { 15 };
    let wanted = date::term_end(first, length.months / 12);
    if let Some(wanted) = wanted.filter(|wanted| (*wanted - last).num_days().abs() > tolerated) {
        let message = format!(
            "{} le date non tornano: {} dal {} finiscono il {}, ma è scritto {}",
            article.inside(),
            length.said,
            date::short(first),
            date::short(wanted),
            date::short(last)
        );
        found.push(Diagnostic::new("C30-09", place(), message).hint("correggere la durata o una delle due date"));
    }
}

/// ESA-07: two lengths. True where there are.
fn conflict(act: &Act<'_>, said: &[Said<'_>], found: &mut Vec<Diagnostic>) -> bool {
    let Some(first) = said.first() else { return false };
    let Some(other) = said.iter().find(|other| other.length.months != first.length.months) else { return false };
    let message = format!(
        "l’atto dice due durate: «{}» {} e «{}» {}",
        first.length.said,
        first.article.inside(),
        other.length.said,
        other.article.inside()
    );
    found.push(
        Diagnostic::new("ESA-07", act.at(other.paragraph, other.at), message)
            .hint("lasciare una sola durata; negli altri punti scrivere «per la durata della convenzione»")
            .related(act.at(first.paragraph, first.at)),
    );
    true
}

/// ESA-07: two days on which the act ends. A few days of difference are a way of counting.
fn two_ends(act: &Act<'_>, ends: &[End<'_>], found: &mut Vec<Diagnostic>) {
    let Some(first) = ends.first() else { return };
    let Some(other) = ends.iter().find(|other| (other.day - first.day).num_days().abs() > 15) else { return };
    let told = |end: &End<'_>| {
        let from = if end.from.is_empty() { String::new() } else { format!(" ({})", end.from) };
        format!("il {}{from} {}", date::short(end.day), end.article.inside())
    };
    let message = format!("l’atto dice due scadenze: {} e {}", told(first), told(other));
    found.push(
        Diagnostic::new("ESA-07", act.at(other.paragraph, other.at), message)
            .hint("lasciare una sola scadenza; negli altri punti scrivere «alla scadenza della convenzione»")
            .related(act.at(first.paragraph, first.at)),
    );
}

/// C30-08: under three years; what the law wanted for fundamental functions.
fn short(act: &Act<'_>, said: Option<&Said<'_>>, found: &mut Vec<Diagnostic>) {
    let Some(first) = said.filter(|first| first.length.months < 36) else { return };
    if act.kind != crate::examine::Kind::Convenzione
        || act.element(Element::Durata).is_none_or(|found| !found.is_there())
    {
        return;
    }
    let structure = act.structure;
    let named = structure
        .opening
        .iter()
        .chain(structure.articles.iter().flat_map(|article| &article.paragraphs))
        .any(|paragraph| FUNDAMENTAL.is_in(&Folded::new(&paragraph.text).text));
    let today = rule::find("C30-08").and_then(|rule| rule.severity_at(act.today)).unwrap_or(Severity::Warning);
    let (severity, why) = match named {
        true => (today, "e l’atto nomina le funzioni fondamentali, per le quali erano richiesti almeno tre anni"),
        false => (Severity::Note, "sotto i tre anni richiesti quando si svolgono insieme funzioni fondamentali"),
    };
    let message = format!("{} la durata è di {}, {why}", first.article.inside(), first.length.said);
    found.push(
        Diagnostic::new("C30-08", act.at(first.paragraph, first.at), message)
            .severity(severity)
            .hint("portare la durata ad almeno tre anni, o verificare che nessuna funzione fondamentale sia compresa"),
    );
}
