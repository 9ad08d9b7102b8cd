//! References to articles of the act itself. Called by `faults`. A reference to a law names it; one without a law is
//! internal, unless its number is far beyond the last article and nothing says "the present act".

use std::sync::LazyLock;

use super::Act;
use super::parts::{self, Around};
use super::topics::Treated;
use crate::diagnostic::Diagnostic;
use crate::examine::kind::Kind;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::structure::Article;
use crate::examine::text::{Folded, Paragraph};
use crate::place::Place;

static CITED: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:(precedente|precedenti|successivo|successivi|seguente|seguenti) )?(?:(?:precedente|successivo) )?art(?:icolo|icoli|t)?s? (?:n )?(\d{1,3})\b(?: (?:e|ed) (\d{1,3})\b)?",
    )
});
/// A point, in an act of points.
static CITED_POINT: Lazy = LazyLock::new(|| Pattern::new(r"\b(?:()punt[oi] (\d{1,3})\b())"));
/// After the number: another act of the same kind.
static FORMER: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"^(?: \w+){0,6}? (?:(?:convenzione|accordo|contratto|atto) (?:originari\w|precedente|previgente|vigente|in essere|quadro|in corso|rep\b|n \d|stipulat\w|sottoscritt\w|del \d)|(?:citat|predett|suddett|richiamat|preesistent|precedent|original)\w (?:convenzione|accordo|contratto|atto))",
    )
});
static PRESENT: Lazy = LazyLock::new(|| Pattern::new(r"^(?: \w+){0,4}? (?:del|di|della) (?:presente|questo|questa)\b"));
/// After the number: a law, a code, another act.
static OF_A_LAW: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"^(?: (?:bis|ter|quater|quinquies|sexies|septies|octies))?(?: e seguenti| e ss| ss)?(?:(?: e| ed)? (?:\d{1,3}|bis|ter|comma|commi|co|c|lett|lettera|lettere|primo|secondo|terzo|quarto|quinto|ultimo|[a-z]|punto|n|periodo|capoverso|recante|rubricato|dedicato|in materia di))*(?: \w+){0,3}? ?(?:d lgs|dlgs|d l\b|d p r|dpr|d p c m|dpcm|d m\b|l\b \d|l\b n|l r\b|decreto|legge|tuel|t u|testo unico|codice|c c\b|c p c|cod\b|costituzione|cost\b|regolament|reg\b|direttiva|trattato|tfue|gdpr|cad\b|statuto|ccnl|c c n l|contratto collettivo|protocollo|dgr|delibera|deliberazione|bando|capitolato|ordinanza|norma|disposizioni|tabella|tariffa)",
    )
});
/// Before the number: the law may come first ("D.Lgs. 267/2000, art. 30").
static LAW_BEFORE: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:tuel|t u e l|testo unico|codice civile|codice dei contratti|gdpr|costituzione)(?: \w+){0,4} $|\b\d{1,4} (?:19|20)\d\d(?: \w+){0,3} $|\b(?:19|20)\d\d n \d{1,4}(?: \w+){0,3} $",
    )
});
static OWN: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"^(?: (?:comma|commi|lett|lettera) \w+)*(?: che precede| che segue)?(?: (?:della|del|di|dell) (?:presente|questa|questo|medesim\w)(?: \w+)?|(?: della| dell| del) (?:presente )?(?:convenzione|accordo|atto|contratto))",
    )
});

/// C30-15: references to articles that are not there, that treat of something else, or that stand on the other side.
pub(super) fn internal(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let articles = &act.structure.articles;
    if articles.iter().filter(|article| article.number.is_some()).count() < 2 {
        return;
    }
    let treated = Treated::of(articles);
    for (index, article) in articles.iter().enumerate() {
        for (at, paragraph) in article.paragraphs.iter().enumerate() {
            let next = article.paragraphs.get(at + 1).map(|next| next.text.as_str()).unwrap_or_default();
            cited(act, &treated, (index, article), paragraph, next, found);
        }
    }
}

fn cited(
    act: &Act<'_>,
    treated: &Treated<'_>,
    (index, within): (usize, &Article),
    paragraph: &Paragraph,
    next: &str,
    found: &mut Vec<Diagnostic>,
) {
    let folded = Folded::new(&paragraph.text);
    let text = &folded.text;
    let cited = if within.is_point { &CITED_POINT } else { &CITED };
    for (range, groups) in cited.groups(text) {
        let [direction, first, second] = groups.as_slice() else { continue };
        let before = text.get(..range.start).unwrap_or_default();
        let after = text.get(range.end..).unwrap_or_default();
        let own = OWN.is_in(after);
        // What amends another act cites that one, unless it says otherwise.
        if FORMER.is_in(after) || act.kind == Kind::Aggiunta && !PRESENT.is_in(after) {
            continue;
        }
        // The end of the paragraph may have been cut by a stray item: the next one says of what act the article is.
        let cut = after.trim().is_empty() && !paragraph.text.trim_end().ends_with(['.', ';']);
        let following = if cut { format!(" {}", Folded::new(next).text) } else { String::new() };
        if !own && (OF_A_LAW.is_in(after) || LAW_BEFORE.is_in(before) || OF_A_LAW.is_in(&following)) {
            continue;
        }
        for number in [first, second].into_iter().filter_map(|number| number.parse::<u32>().ok()) {
            let known = act
                .structure
                .articles
                .iter()
                .enumerate()
                .filter(|(_, article)| article.number == Some(number) && article.sequence == within.sequence);
            let place = act.at(paragraph, folded.origin(range.start));
            let Some((position, target)) = known.clone().next() else {
                absent(act, within, number, own || !direction.is_empty() || cut, place, found);
                continue;
            };
            let written = paragraph.text.get(folded.origin(range.end - 1) + 1..).unwrap_or_default();
            let around = Around { before, after, written };
            if target.line == within.line && direction.is_empty() {
                if second.is_empty() {
                    parts::absent(act, within, target, &around, &place, found);
                }
                continue;
            }
            let backwards = direction.starts_with("precedent") && position > index;
            let forwards = (direction.starts_with("successiv") || direction.starts_with("seguent")) && position < index;
            if backwards || forwards {
                let side = if backwards { "segue" } else { "precede" };
                let message = format!(
                    "{} si cita il «{direction} art. {number}», che invece {side}: è {}",
                    within.inside(),
                    target.named()
                );
                found.push(
                    Diagnostic::new("C30-15", place.clone(), message)
                        .hint("controllare il numero dell’articolo citato"),
                );
                continue;
            }
            if second.is_empty() {
                parts::absent(act, within, target, &around, &place, found);
            }
            found.extend(treated.mismatch(index, position, before).map(|mismatch| {
                Diagnostic::new("C30-15", place, mismatch.message).hint(mismatch.hint).related(act.line(target.line))
            }));
        }
    }
}

/// A reference to an article that there is not.
fn absent(act: &Act<'_>, within: &Article, number: u32, own: bool, place: Place, found: &mut Vec<Diagnostic>) {
    let last = act
        .structure
        .articles
        .iter()
        .filter(|article| article.sequence == within.sequence)
        .filter_map(|article| article.number)
        .max();
    let last = last.unwrap_or(0);
    // "art. 42", without a law, in an act of ten articles, is of a law named elsewhere.
    if !own && number > last + 6 {
        return;
    }
    let (said, last) = (within.called(&number.to_string()), within.called(&last.to_string()));
    let message = format!("{} si cita {said}, che non c’è: l’ultimo è {last}", within.inside());
    found.push(
        Diagnostic::new("C30-15", place, message).hint("citare l’articolo giusto, o aggiungere quello che manca"),
    );
}
