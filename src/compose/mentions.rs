//! The names that a text mentions: of the data of an act only these are made. Called by `compose` when the texts of a kind
//! are compiled; asked by `tokens` for every name.

use rustc_hash::FxHashSet;

/// Every word inside the tags of a text. More than are really asked for, never fewer: names in strings and the words of
/// commands are there too.
#[derive(Debug)]
pub struct Mentions(FxHashSet<String>);

impl Mentions {
    /// The words of the tags of a text whose clauses are in their place.
    pub fn of(text: &str) -> Self {
        let tags = text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(tag, _)| tag);
        let is_apart = |c: char| !(c.is_alphanumeric() || c == '_');
        Self(tags.flat_map(|tag| tag.split(is_apart)).filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }

    /// True for a word that is there.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_tags_and_no_others() {
        let names = Mentions::of("Il {{ente.nome}} e {{#if (and a.b @root.c_d)}}testo{{else if e}}{{/if}} nome2");
        for word in ["ente", "nome", "a", "b", "root", "c_d", "e"] {
            assert!(names.has(word), "{word}");
        }
        assert!(!names.has("testo") && !names.has("nome2") && !names.has(""));
    }
}
