//! Inline events → runs: words, values, blanks, references; spacing made good where a condition left nothing. Values and
//! blanks are still tokens: `form` puts them in.

use ecow::EcoString;

use crate::act::{Blank, Element, Inline, Reference, Text, Value};
use crate::compose::sources::Sources;
use crate::compose::tokens::{Piece, cut};
use crate::place::Place;

/// Turns accumulated words into inlines; gives the place of the first template line met.
pub fn words(text: &str, sources: &Sources, out: &mut Text, place: &mut Place) {
    for piece in cut(text) {
        match piece {
            Piece::Text(words) => push_words(words, out),
            Piece::Line(index) => {
                if place.is_none() {
                    *place = sources.line(index);
                }
            }
            Piece::Slot(token, false) => {
                out.push(Inline::Value(Value { name: EcoString::new(), s: token.into(), place: Place::None }));
            }
            Piece::Slot(token, true) => out.push(Inline::Blank(Blank {
                name: token.into(),
                label: EcoString::new(),
                width: 1,
                open: false,
                place: Place::None,
            })),
            Piece::Space(label, width) => {
                let name = EcoString::new();
                out.push(Inline::Blank(Blank { name, label: label.into(), width, open: false, place: place.clone() }));
            }
        }
    }
}

fn push_words(words: &str, out: &mut Text) {
    match out.last_mut() {
        Some(Inline::Text { s }) => s.push_str(words),
        _ => out.push(Inline::Text { s: words.into() }),
    }
}

/// A reference to `#target`, cited for an element where the link's title names one.
pub fn reference(target: &str, title: &str, place: Place) -> Reference {
    Reference { target: target.into(), cites: Element::from_slug(title.trim()), s: EcoString::new(), place }
}

/// Makes the blanks of a form wide enough for a hand: dots are narrower than letters.
pub fn widen(text: &mut Text) {
    for inline in text {
        match inline {
            Inline::Blank(blank) => blank.width *= 2,
            Inline::Strong { c } | Inline::Emphasis { c } => widen(c),
            _ => {}
        }
    }
}

/// Makes the spacing good: no space at the ends, none before a stop or after an open bracket, never two together.
pub fn tidy(mut text: Text) -> Text {
    let mut after_space = true;
    tidy_run(&mut text, &mut after_space);
    text.retain(|inline| match inline {
        Inline::Text { s } => !s.is_empty(),
        Inline::Strong { c } | Inline::Emphasis { c } => !c.is_empty(),
        _ => true,
    });
    if let Some(Inline::Text { s }) = text.last_mut() {
        s.truncate(s.trim_end_matches(' ').len());
    }
    if matches!(text.last(), Some(Inline::Text { s }) if s.is_empty()) {
        text.pop();
    }
    // A space before a stop that follows a value: "Sindaco , domiciliato".
    for index in 1..text.len() {
        let starts_with_stop = matches!(&text[index], Inline::Text { s } if s.starts_with([',', '.', ';', ':', ')']));
        if let (true, Some(Inline::Text { s })) = (starts_with_stop, text.get_mut(index - 1)) {
            s.truncate(s.trim_end_matches(' ').len());
        }
    }
    text
}

/// Puts a no-break space after abbreviations that must not be parted from their number.
fn bound(words: String) -> String {
    if !words.contains(". ") && !words.contains("comma ") {
        return words;
    }
    let mut bound = words;
    for abbreviation in ["n. ", "art. ", "artt. ", "lett. ", "comma ", "pag. "] {
        if !bound.contains(abbreviation) {
            continue;
        }
        for start in [" ", "(", "’"] {
            let apart = format!("{start}{abbreviation}");
            if bound.contains(&apart) {
                bound = bound.replace(&apart, &format!("{start}{}\u{a0}", abbreviation.trim_end()));
            }
        }
        if let Some(rest) = bound.strip_prefix(abbreviation) {
            bound = format!("{}\u{a0}{rest}", abbreviation.trim_end());
        }
    }
    bound
}

fn tidy_run(text: &mut Text, after_space: &mut bool) {
    for inline in text.iter_mut() {
        match inline {
            Inline::Text { s } => {
                let mut tidied = String::with_capacity(s.len());
                for c in s.chars() {
                    match c {
                        ' ' | '\n' | '\t' if *after_space => {}
                        ' ' | '\n' | '\t' => {
                            tidied.push(' ');
                            *after_space = true;
                        }
                        ',' | '.' | ';' | ':' | ')' => {
                            if tidied.ends_with(' ') {
                                tidied.pop();
                            }
                            tidied.push(c);
                            *after_space = false;
                        }
                        c => {
                            tidied.push(c);
                            *after_space = false;
                        }
                    }
                }
                *s = bound(tidied).into();
            }
            Inline::Strong { c } | Inline::Emphasis { c } => {
                tidy_run(c, after_space);
                c.retain(|inline| !matches!(inline, Inline::Text { s } if s.is_empty()));
            }
            Inline::Break => *after_space = true,
            _ => *after_space = false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::plain;

    fn run(words: &str) -> String {
        plain(&tidy(vec![Inline::Text { s: words.into() }]))
    }

    #[test]
    fn spacing_is_made_good() {
        assert_eq!(run("  Il Comune  di ,  rappresentato  ."), "Il Comune di, rappresentato.");
        assert_eq!(run("voti n. 12 ; dell’art. 6"), "voti n.\u{a0}12; dell’art.\u{a0}6");
    }

    #[test]
    fn a_value_keeps_its_own_spacing() {
        let value = Inline::Value(Value { name: "x".into(), s: "a  b".into(), place: Place::None });
        let text = tidy(vec![Inline::Text { s: "il ".into() }, value, Inline::Text { s: " , e".into() }]);
        assert_eq!(plain(&text), "il a  b, e");
    }
}
