//! The opaque tokens that carry values, blanks and template lines through Handlebars and Markdown.
//!
//! A token is a private-use character, digits, and another private-use character. Neither cells (cleaned when read) nor
//! templates (refused when loaded) can hold private-use characters, so a token can only be ours.

use std::sync::Arc;

use ecow::EcoString;

use super::mentions::Mentions;
use crate::place::Place;

const VALUE: char = '\u{e000}';
const BLANK: char = '\u{e001}';
const LINE: char = '\u{e002}';
const SPACE: char = '\u{e003}';
const WIDTH: char = '\u{e004}';
const END: char = '\u{e00f}';

/// True for characters reserved to tokens.
pub fn is_reserved(c: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&c)
}

/// A value or a blank waiting to be put in the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Name in the template language.
    pub name: EcoString,
    /// Printed words; `None` for a blank.
    pub text: Option<EcoString>,
    /// What goes in the blank, in Italian.
    pub label: &'static str,
    /// Width of the blank in characters.
    pub width: u32,
    /// The cell.
    pub place: Place,
}

/// The values of one act, by number.
#[derive(Debug, Default)]
pub struct Slots {
    /// The first ones, which other acts have too.
    shared: Arc<[Slot]>,
    list: Vec<Slot>,
    mentioned: Option<Arc<Mentions>>,
}

impl Slots {
    /// For a text that mentions these names alone: the others are not made.
    pub fn mentioned(names: Arc<Mentions>) -> Self {
        Self { mentioned: Some(names), ..Self::default() }
    }

    /// The values so far, for acts that all have them.
    pub fn shared(self) -> SharedSlots {
        SharedSlots { list: self.list.into(), mentioned: self.mentioned }
    }

    /// True for a name, or the last word of one, that the text may ask for.
    pub fn wants(&self, name: &str) -> bool {
        self.mentioned.as_ref().is_none_or(|names| names.has(name))
    }

    /// Stores a slot and gives the token that stands for it.
    pub fn token(&mut self, slot: Slot) -> String {
        let mark = if slot.text.is_some() { VALUE } else { BLANK };
        self.list.push(slot);
        let number = (self.shared.len() + self.list.len() - 1).to_string();
        let mut token = String::with_capacity(mark.len_utf8() + number.len() + END.len_utf8());
        token.push(mark);
        token.push_str(&number);
        token.push(END);
        token
    }

    /// The slot that a token stands for; `None` for words that are no token of a value or a blank.
    pub fn of(&self, token: &str) -> Option<&Slot> {
        let number = token.strip_prefix([VALUE, BLANK])?.strip_suffix(END)?;
        let number = number.parse::<usize>().ok()?;
        self.shared.get(number).or_else(|| self.list.get(number.checked_sub(self.shared.len())?))
    }

    /// The words with the values in the place of their tokens; dots for blanks.
    pub fn expand(&self, words: &str) -> String {
        let mut expanded = String::with_capacity(words.len());
        for piece in cut(words) {
            match piece {
                Piece::Text(words) => expanded.push_str(words),
                Piece::Slot(token, _) => match self.of(token).and_then(|slot| slot.text.as_deref()) {
                    Some(value) => expanded.push_str(value),
                    None => expanded.push('…'),
                },
                Piece::Line(_) | Piece::Space(..) => {}
            }
        }
        expanded
    }
}

/// Values that several acts have, with the lowest numbers.
#[derive(Debug)]
pub struct SharedSlots {
    list: Arc<[Slot]>,
    mentioned: Option<Arc<Mentions>>,
}

impl SharedSlots {
    /// For an act that has these values, and others after them.
    pub fn slots(&self) -> Slots {
        Slots { shared: Arc::clone(&self.list), list: Vec::new(), mentioned: self.mentioned.clone() }
    }
}

/// True for the token of a blank: false in a condition.
pub fn is_blank(text: &str) -> bool {
    text.starts_with(BLANK)
}

/// The marker of template line `line` (an index given by the sources).
pub fn line_marker(line: usize) -> String {
    format!("{LINE}{line}{END}")
}

/// The token of a blank that the template itself asks for.
pub fn space(label: &str, width: u64) -> String {
    format!("{SPACE}{}{WIDTH}{label}{END}", width.clamp(4, 60))
}

/// A piece of text between, or at, tokens.
#[derive(Debug, PartialEq)]
pub enum Piece<'a> {
    /// Plain words.
    Text(&'a str),
    /// The token of a value, or of a blank (`true`).
    Slot(&'a str, bool),
    /// A template line.
    Line(usize),
    /// A blank of the template: label and width.
    Space(&'a str, u32),
}

/// Cuts a text at its tokens. A malformed token cannot arise; were it to, it is dropped rather than printed.
pub fn cut(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_reserved) {
        let (before, token) = rest.split_at(start);
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let mut chars = token.chars();
        let mark = chars.next().unwrap_or(END);
        let inside = chars.as_str();
        let Some(end) = inside.find(END) else {
            rest = inside;
            continue;
        };
        let content = &inside[..end];
        match mark {
            VALUE | BLANK => {
                let whole = token.get(..mark.len_utf8() + end + END.len_utf8());
                pieces.extend(whole.map(|whole| Piece::Slot(whole, mark == BLANK)));
            }
            LINE => pieces.extend(content.parse().ok().map(Piece::Line)),
            SPACE => pieces.extend(
                content.split_once(WIDTH).and_then(|(width, label)| Some(Piece::Space(label, width.parse().ok()?))),
            ),
            _ => {}
        }
        rest = &inside[end + END.len_utf8()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back_as_they_went() {
        let mut slots = Slots::default();
        let slot = |text: Option<&str>| Slot {
            name: "ente.nome".into(),
            text: text.map(Into::into),
            label: "nome",
            width: 20,
            place: Place::None,
        };
        let value = slots.token(slot(Some("**Comune** <b>")));
        let blank = slots.token(slot(None));
        assert!(is_blank(&blank) && !is_blank(&value));
        let text = format!("{}a {value}, {blank}{}.", line_marker(7), space("luogo", 100));
        let pieces = cut(&text);
        assert_eq!(pieces[0], Piece::Line(7));
        assert_eq!(pieces[1], Piece::Text("a "));
        assert_eq!(pieces[2], Piece::Slot(&value, false));
        assert_eq!(slots.of(&value).and_then(|slot| slot.text.as_deref()), Some("**Comune** <b>"));
        assert_eq!(pieces[4], Piece::Slot(&blank, true));
        assert_eq!(slots.expand(&format!("a {value} {blank}")), "a **Comune** <b> …");
        assert_eq!(slots.of("a"), None);
        assert_eq!(pieces[5], Piece::Space("luogo", 60));
        assert_eq!(pieces[6], Piece::Text("."));
    }

    #[test]
    fn acts_share_the_first_values_and_have_others_of_their_own() {
        let named = |name: &str| Slot {
            name: name.into(),
            text: Some(name.into()),
            label: "nome",
            width: 20,
            place: Place::None,
        };
        let mut slots = Slots::default();
        let first = slots.token(named("capofila.nome"));
        let shared = slots.shared();
        let (mut one, mut other) = (shared.slots(), shared.slots());
        let (own, others) = (one.token(named("ente.nome")), other.token(named("delibera.numero")));
        assert_eq!(own, others);
        for (slots, name) in [(&one, "ente.nome"), (&other, "delibera.numero")] {
            assert_eq!(slots.expand(&format!("{first}, {own}")), format!("capofila.nome, {name}"));
        }
        assert_eq!(shared.slots().of(&own), None);
    }
}
