//! Citations of laws with a wrong number, anywhere in the document, footnotes included. Called by `faults`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Act;
use crate::citation;
use crate::diagnostic::Diagnostic;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::text::{Folded, Paragraph};

/// A decree called the consolidated law on local bodies.
static CALLED: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"(?:d lgs|dlgs|decreto legislativo)(?: n)? (\d{1,4}) (\d{2,4})(?: \w+){0,6}? (?:tuel|t u e l|testo unico (?:delle leggi )?(?:sull ordinamento )?degli enti locali)\b",
    )
});

/// TXT-07.
pub(super) fn laws(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let structure = act.structure;
    let articles = structure.articles.iter().flat_map(|article| &article.paragraphs);
    let all = structure
        .earlier
        .iter()
        .chain(&structure.opening)
        .chain(articles)
        .chain(&structure.closing)
        .chain(&structure.notes);
    let mut told = BTreeSet::new();
    for paragraph in all {
        for slip in citation::slips(&paragraph.text) {
            tell(act, paragraph, slip.at, &slip.said, &slip.meant, &mut told, found);
        }
        let folded = Folded::new(&paragraph.text);
        for (range, groups) in CALLED.groups(&folded.text) {
            let [number, year] = groups.as_slice() else { continue };
            if number != "267" || !matches!(year.as_str(), "2000" | "00") {
                let at = folded.origin(range.start);
                tell(act, paragraph, at, &format!("{number}/{year}"), "267/2000", &mut told, found);
            }
        }
    }
}

fn tell(
    act: &Act<'_>,
    paragraph: &Paragraph,
    at: usize,
    said: &str,
    meant: &str,
    told: &mut BTreeSet<(u32, String)>,
    found: &mut Vec<Diagnostic>,
) {
    let (line, _) = paragraph.line_at(at);
    if told.insert((line, said.to_owned())) {
        let quote = paragraph.quote(at..at + said.len(), 0..paragraph.text.len());
        let message = format!("la legge è citata come «{said}», ma il numero non è quello: «{quote}»");
        found.push(Diagnostic::new("TXT-07", act.line(line), message).hint(format!("forse si voleva «{meant}»")));
    }
}
