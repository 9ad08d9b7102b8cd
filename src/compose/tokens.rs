//! The opaque tokens that carry values, blanks and template lines through Handlebars and Markdown.
//!
//! A token is a private-use character, digits, and another private-use character. Neither cells (cleaned when read) nor
//! templates (refused when loaded) can hold private-use characters, so a token can only be ours.

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
    pub name: String,
    /// Printed words; `None` for a blank.
    pub text: Option<String>,
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
    list: Vec<Slot>,
}

impl Slots {
    /// Stores a slot and gives the token that stands for it.
    pub fn token(&mut self, slot: Slot) -> String {
        let mark = if slot.text.is_some() { VALUE } else { BLANK };
        self.list.push(slot);
        format!("{mark}{}{END}", self.list.len() - 1)
    }

    fn get(&self, number: usize) -> Option<&Slot> {
        self.list.get(number)
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
    /// A value or blank.
    Slot(&'a Slot),
    /// A template line.
    Line(usize),
    /// A blank of the template: label and width.
    Space(&'a str, u32),
}

/// Cuts a text at its tokens. A malformed token cannot arise; were it to, it is dropped rather than printed.
pub fn cut<'a>(text: &'a str, slots: &'a Slots) -> Vec<Piece<'a>> {
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
            VALUE | BLANK => pieces.extend(content.parse().ok().and_then(|n: usize| slots.get(n)).map(Piece::Slot)),
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
        let pieces = cut(&text, &slots);
        assert_eq!(pieces[0], Piece::Line(7));
        assert_eq!(pieces[1], Piece::Text("a "));
        assert!(matches!(pieces[2], Piece::Slot(Slot { text: Some(text), .. }) if text == "**Comune** <b>"));
        assert!(matches!(pieces[4], Piece::Slot(Slot { text: None, .. })));
        assert_eq!(pieces[5], Piece::Space("luogo", 60));
        assert_eq!(pieces[6], Piece::Text("."));
    }
}
