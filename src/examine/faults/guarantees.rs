//! Guarantees that are incomplete, and how a body may leave. Called by `faults`.

use std::sync::LazyLock;

use super::{Act, terms};
use crate::act::Element;
use crate::diagnostic::Diagnostic;
use crate::examine::kind::Kind;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::structure::Article;
use crate::examine::term;
use crate::examine::text::{Folded, Paragraph};
use crate::examine::vocabulary::Remedy;
use crate::italian::number_of_words;
use crate::rule::Severity;

/// ESA-08: which guarantees there are not, where there are some.
pub(super) fn remedies(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let Some(evidence) = act.element(Element::Garanzie).filter(|evidence| evidence.is_there()) else { return };
    let lacks = |remedy: Remedy| !evidence.remedies.contains(&remedy);
    let mut missing = Vec::new();
    if lacks(Remedy::Default) {
        missing.push("le conseguenze dell’inadempimento (diffida, penali, risoluzione)");
    }
    if lacks(Remedy::Disputes) {
        missing.push("il modo di decidere le controversie");
    }
    if lacks(Remedy::Withdrawal) {
        missing.push("il recesso");
    }
    let Some((last, rest)) = missing.split_last() else { return };
    let list = if rest.is_empty() { (*last).to_owned() } else { format!("{} e {last}", rest.join(", ")) };
    let grave = lacks(Remedy::Default) && act.kind == Kind::Convenzione;
    let place = evidence.spots.first().map_or_else(|| act.whole(), |spot| act.line(spot.line));
    found.push(
        Diagnostic::new("ESA-08", place, format!("fra le garanzie mancano {list}").replace("mancano il ", "manca il "))
            .severity(if grave { Severity::Warning } else { Severity::Note })
            .hint("aggiungere la clausola, o dire che si applicano le norme del codice civile e del processo amministrativo"),
    );
}

static LEAVES: Lazy = LazyLock::new(|| Pattern::new(r"\brece(?:sso|dere|de|dono|duto)\b|\bdisdetta\b|\bdisdire\b"));
/// Passages that only name withdrawal.
static ONLY_NAMES: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"qualora non venga esercitata|in caso di recesso|diritto di recesso di cui|salvo (?:il )?recesso|salvo disdetta|senza (?:che occorra |bisogno di |necessita di |obbligo di )?disdetta|fatto salvo|in seguito a recesso|a seguito d\w+ recesso",
    )
});
static NOTICE: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"preavviso|(?:<NUMERO>|sessanta|novanta|centoventi|centottanta) (?:giorni|mes[ei]) prima|(?:giorni|mes[ei])(?: \w+){0,2} prima|entro (?:il|la fine|il mese|l)\b|entro <MESE>|anticipo|con avviso",
    )
});
static FORM: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\bpec\b|posta elettronica certificata|raccomandat|per iscritto|comunicazione scritta|lettera|notific|scritt[oa]|deliber|comunic",
    )
});
static EFFECT: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"effett[oi]|decorr|opera dal|dall anno (?:seguente|successivo)|primo gennaio|1o? gennaio|a fine anno|al termine dell (?:anno|esercizio)|31 dicembre|efficac|trascors",
    )
});
/// "By 31 December" and "three months before the expiry": two days for one notice.
static BY_DAY: Lazy =
    LazyLock::new(|| Pattern::new(r"entro (?:il )?(?:giorno )?\d{1,2} <MESE>(?: di)? (?:ogni|ciascun|dell)(?: \w+)?"));
static BEFORE_END: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"(?:<NUMERO>|sessanta|novanta|centoventi|centottanta) (?:giorni|mes[ei]) prima della (?:scadenza|fine|conclusione)",
    )
});

/// C30-17: withdrawal without notice, form or effect, or with two notices.
pub(super) fn withdrawal(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let mut about: Option<&Article> = None;
    let mut first: Option<(&Paragraph, usize)> = None;
    let mut words = String::new();
    for article in &act.structure.articles {
        let heading = LEAVES.is_in(&Folded::new(&article.heading).text);
        for paragraph in &article.paragraphs {
            for range in paragraph.sentences() {
                let folded = Folded::new(paragraph.text.get(range.clone()).unwrap_or_default());
                let speaks = LEAVES.is_in(&folded.text) && !ONLY_NAMES.is_in(&folded.text);
                if !(speaks || heading) {
                    continue;
                }
                words.push_str(&folded.text);
                words.push(' ');
                if speaks && about.is_none_or(|known| heading && !LEAVES.is_in(&Folded::new(&known.heading).text)) {
                    (about, first) = (Some(article), Some((paragraph, range.start)));
                }
                twice(act, article, paragraph, (range.start, &folded), found);
                brief(act, article, paragraph, (range.start, &folded), found);
            }
        }
    }
    beyond_the_term(act, found);
    let (Some(article), Some((paragraph, at))) = (about, first) else { return };
    let mut missing = Vec::new();
    for (what, pattern) in [("il preavviso", &NOTICE), ("la forma", &FORM), ("da quando ha effetto", &EFFECT)] {
        if !pattern.is_in(&words) {
            missing.push(what);
        }
    }
    let Some((last, rest)) = missing.split_last() else { return };
    let list = if rest.is_empty() { (*last).to_owned() } else { format!("{} né {last}", rest.join(" né ")) };
    // The effect may follow from the end of the notice.
    let light = missing == ["da quando ha effetto"] || act.kind == Kind::Accordo;
    found.push(
        Diagnostic::new("C30-17", act.at(paragraph, at), format!("sul recesso {} non dice {list}", article.named()))
            .severity(if light { Severity::Note } else { Severity::Warning })
            .hint("dire con quanto preavviso, in quale forma (PEC) e da quale giorno si recede"),
    );
}

/// Days of notice below which the others cannot provide in time for what falls to them.
const FEWEST_DAYS: u64 = 15;
static DAYS_OF_NOTICE: Lazy =
    LazyLock::new(|| Pattern::new(r"preavviso(?: \w+){0,3}? (<NUMERO>) (?:\w+ )?(giorn[oi]|or[ae])\b"));

/// C30-17: a notice of a few days, or of hours.
fn brief(
    act: &Act<'_>,
    article: &Article,
    paragraph: &Paragraph,
    (start, folded): (usize, &Folded),
    found: &mut Vec<Diagnostic>,
) {
    let Some((range, groups)) = DAYS_OF_NOTICE.groups(&folded.text).into_iter().next() else { return };
    let [number, unit] = groups.as_slice() else { return };
    let count = number.parse().ok().or_else(|| number_of_words(number)).unwrap_or(u64::MAX);
    if unit.starts_with("giorn") && count >= FEWEST_DAYS {
        return;
    }
    let at = start + folded.origin(range.start);
    let message = format!("{} il preavviso di recesso è di {number} {unit}", article.inside());
    found.push(
        Diagnostic::new("C30-17", act.at(paragraph, at), message)
            .severity(Severity::Warning)
            .hint("dare agli altri enti il tempo di provvedere: di norma da tre a sei mesi"),
    );
}

static MONTHS_OF_NOTICE: Lazy =
    LazyLock::new(|| Pattern::new(r"preavviso(?: \w+){0,4}? (?:<NUMERO>) (?:\w+ )?(?:ann[oi]|mes[ei])\b"));

/// C30-17: a notice as long as the act itself: nobody could ever leave.
fn beyond_the_term(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let Some(whole) = terms::stated(act) else { return };
    for article in &act.structure.articles {
        for paragraph in &article.paragraphs {
            for range in paragraph.sentences() {
                let folded = Folded::new(paragraph.text.get(range.clone()).unwrap_or_default());
                let Some(said) = MONTHS_OF_NOTICE.find(&folded.text).filter(|_| LEAVES.is_in(&folded.text)) else {
                    continue;
                };
                let words = folded.text.get(said.clone()).unwrap_or_default();
                let Some(notice) = term::lengths(words).pop().filter(|notice| notice.months >= whole.months) else {
                    continue;
                };
                let message = format!(
                    "{} il preavviso di recesso («{}») dura quanto l’atto o di più («{}»)",
                    article.inside(),
                    notice.said,
                    whole.said
                );
                found.push(
                    Diagnostic::new("C30-17", act.at(paragraph, range.start + folded.origin(said.start)), message)
                        .hint("dare un preavviso più breve della durata: di norma da tre a sei mesi"),
                );
            }
        }
    }
}

fn twice(
    act: &Act<'_>,
    article: &Article,
    paragraph: &Paragraph,
    (start, folded): (usize, &Folded),
    found: &mut Vec<Diagnostic>,
) {
    let (Some(day), Some(before)) = (BY_DAY.find(&folded.text), BEFORE_END.find(&folded.text)) else { return };
    let said = |range: &std::ops::Range<usize>| folded.text.get(range.clone()).unwrap_or_default().to_owned();
    let message = format!(
        "{} il termine del recesso è detto in due modi che non si accordano: «{}» e «{}»",
        article.inside(),
        said(&day),
        said(&before)
    );
    found.push(
        Diagnostic::new("C30-17", act.at(paragraph, start + folded.origin(day.start)), message)
            .severity(Severity::Warning)
            .hint("dare un solo termine, per esempio: preavviso di tre mesi, con effetto dal 1° gennaio successivo"),
    );
}
