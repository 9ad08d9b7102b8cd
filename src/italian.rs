//! Italian wording: numbers in words, figures with points and commas, articles and prepositions before names,
//! ordinals, slugs. Floor 0: knows nothing of bodies or acts.
//!
//! The crates for numbers in words on the registry do not speak Italian, or get the elisions wrong ("ventouno"), so
//! these few lines are ours and are tested exhaustively on their joints.

mod article;
mod numbers;
mod street;

use unicode_normalization::UnicodeNormalization;

pub use article::{Article, Noun, preposition, with_article, with_preposition};
pub use numbers::{decimal, grouped, number_of_words, number_words, ordinal};
pub use street::street;

/// Folds a text for comparison: lower case, no accents, no apostrophes, every run of other signs is one space.
///
/// "Agliè", "AGLIE'" and "aglie" fold alike; so do "Codice ISTAT" and "codice_istat".
pub fn fold(text: &str) -> String {
    let mut folded = Folded { text: Vec::with_capacity(text.len() + 1), gap: false };
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        at += 1;
        // Nearly all signs are ASCII, and looked up.
        match PLAIN.get(usize::from(byte)) {
            Some(Sign::Letter(letter)) => folded.letter(*letter),
            Some(Sign::Gap) => folded.gap = true,
            Some(Sign::Nothing) => {}
            None => {
                let Some(c) = text.get(at - 1..).and_then(|rest| rest.chars().next()) else { break };
                at += c.len_utf8() - 1;
                folded.beyond_ascii(c);
            }
        }
    }
    // Only whole characters were pushed.
    String::from_utf8(folded.text).unwrap_or_default()
}

/// What becomes of a sign.
#[derive(Clone, Copy)]
enum Sign {
    Letter(u8),
    Gap,
    Nothing,
}

/// What becomes of the ASCII signs.
static PLAIN: [Sign; 128] = {
    let mut signs = [Sign::Gap; 128];
    let mut at = 0_u8;
    while at < 128 {
        signs[at as usize] = match at {
            b'\'' | b'`' => Sign::Nothing,
            _ if at.is_ascii_alphanumeric() => Sign::Letter(at.to_ascii_lowercase()),
            _ => Sign::Gap,
        };
        at += 1;
    }
    signs
};

/// A folded text under construction, in UTF-8.
struct Folded {
    text: Vec<u8>,
    gap: bool,
}

impl Folded {
    fn letter(&mut self, letter: u8) {
        self.close_gap();
        self.text.push(letter);
    }

    fn beyond_ascii(&mut self, c: char) {
        // Nearly all are these; decomposing costs ten times as much.
        match c {
            '’' => {}
            'à' => self.letter(b'a'),
            'è' | 'é' | 'È' => self.letter(b'e'),
            'ì' => self.letter(b'i'),
            'ò' => self.letter(b'o'),
            'ù' => self.letter(b'u'),
            _ => std::iter::once(c).nfkd().flat_map(char::to_lowercase).for_each(|c| self.push(c)),
        }
    }

    fn push(&mut self, c: char) {
        if c.is_alphanumeric() {
            self.close_gap();
            self.text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        } else if !matches!(c, '\'' | '’' | '‘' | '`' | '´') && !is_combining(c) {
            self.gap = true;
        }
    }

    fn close_gap(&mut self) {
        if self.gap && !self.text.is_empty() {
            self.text.push(b' ');
        }
        self.gap = false;
    }
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A file-name slug of at most 40 ASCII characters: "Comune di San Costanzo" → "comune-di-san-costanzo".
pub fn slug(text: &str) -> String {
    slug_up_to(text, 40)
}

/// A slug of at most `longest` characters.
pub fn slug_up_to(text: &str, longest: usize) -> String {
    let mut slug = String::new();
    for c in text.nfkd().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !is_combining(c) && !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() >= longest {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The first letter in upper case, the rest untouched.
pub fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// "1 errore", "3 errori".
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(n as u64)) }
}

/// The nearest of `names` within edit distance 3 (and under half the length), for "did you mean".
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(wanted);
    let limit = 3.min(wanted.chars().count() / 2);
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wanted, &fold(name)), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_signs_fold_away() {
        assert_eq!(fold("AGLIE'"), fold("Agliè"));
        assert_eq!(fold("codice_istat"), fold("  Codice ISTAT "));
        assert_eq!(fold("Sant’Angelo in Vado"), fold("Sant'Angelo in Vado"));
    }

    #[test]
    fn every_letter_folds_as_decomposing_says() {
        let slowly = |text: &str| {
            let mut folded = Folded { text: Vec::new(), gap: false };
            text.nfkd().flat_map(char::to_lowercase).for_each(|c| folded.push(c));
            String::from_utf8(folded.text).unwrap()
        };
        for c in ('\0'..='\u{24f}').chain('\u{2000}'..='\u{2122}') {
            let text = format!("x{c}y");
            assert_eq!(fold(&text), slowly(&text), "{c:?}");
        }
        for text in ["", " ", "  a  b ", "a ’ b", "l’ente  e  i  comuni. ", "A b C", "é a", " à", "1 a2 b"] {
            assert_eq!(fold(text), slowly(text), "{text:?}");
        }
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Unione montana dell’Alta Valle"), "unione-montana-dell-alta-valle");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
    }

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        assert_eq!(nearest("abitnti", ["abitanti", "imprese"]), Some("abitanti"));
        assert_eq!(nearest("xyz", ["abitanti", "cap"]), None);
    }
}
