//! Articles and prepositions: "il Comune", "dell’Unione", "allo stato", "al Parco".

/// A definite article. Spelling follows the next word, so it is chosen by whoever knows the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Article {
    /// il
    Il,
    /// lo
    Lo,
    /// la
    La,
    /// l’ before a vowel, either gender
    L,
    /// i
    I,
    /// gli
    Gli,
    /// le
    Le,
}

/// Gender and number of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// Feminine.
    pub feminine: bool,
    /// Plural.
    pub plural: bool,
}

impl Noun {
    /// Gender and number of the name of a body or an office, from its first word. Exact for the words in use in local
    /// administration; for others the ending decides, masculine when in doubt.
    pub fn of(name: &str) -> Self {
        const FEMININE: [&str; 24] = [
            "unione",
            "città",
            "comunità",
            "regione",
            "fondazione",
            "associazione",
            "istituzione",
            "università",
            "società",
            "autorità",
            "asp",
            "asl",
            "ast",
            "usl",
            "corte",
            "sede",
            "stazione",
            "direzione",
            "organizzazione",
            "gestione",
            "conferenza",
            "rete",
            "azienda",
            "autorita",
        ];
        const MASCULINE_PLURAL: [&str; 16] = [
            "comuni", "enti", "servizi", "musei", "tavoli", "gruppi", "comitati", "consigli", "istituti", "uffici",
            "parchi", "teatri", "consorzi", "nuclei", "ambiti", "bacini",
        ];
        const FEMININE_PLURAL: [&str; 14] = [
            "unioni",
            "terme",
            "farmacie",
            "biblioteche",
            "scuole",
            "aree",
            "case",
            "opere",
            "assemblee",
            "conferenze",
            "commissioni",
            "consulte",
            "aziende",
            "acque",
        ];
        const COMPANIES: [&str; 5] = ["srl", "srls", "spa", "scarl", "scpa"];
        const MASCULINE: [&str; 4] = ["sistema", "programma", "presidente", "dirigente"];
        // Offices of one ending for both, told by the participle that follows: "la Dirigente delegata".
        const EITHER: [&str; 4] = ["dirigente", "presidente", "responsabile", "vicepresidente"];
        let mut words = name.split_whitespace().map(str::to_lowercase);
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let last = name.split_whitespace().next_back().unwrap_or_default().to_lowercase().replace('.', "");
        // A company is one, whatever its name: "la Servizi Comunali s.p.a.".
        if COMPANIES.contains(&last.as_str()) {
            return Self { feminine: true, plural: false };
        }
        if FEMININE_PLURAL.contains(&first.as_str()) {
            return Self { feminine: true, plural: true };
        }
        let feminine = FEMININE.contains(&first.as_str())
            || ["trice", "essa"].iter().any(|end| first.ends_with(end))
            || (EITHER.contains(&first.as_str()) && second.ends_with("ata"))
            || (!MASCULINE.contains(&first.as_str()) && first.len() > 2 && first.ends_with('a'));
        Self { feminine, plural: MASCULINE_PLURAL.contains(&first.as_str()) }
    }
}

/// A name with its article: "il Comune di Cantiano", "l’Unione montana".
pub fn with_article(name: &str) -> String {
    format!("{}{name}", Article::before(name, Noun::of(name)).text())
}

/// A name with the joined preposition: "del Comune di Cantiano", "all’Unione montana".
pub fn with_preposition(base: &str, name: &str) -> String {
    format!("{}{name}", preposition(base, Article::before(name, Noun::of(name))))
}

impl Article {
    /// The article that `word` wants, given its gender and number.
    pub fn before(word: &str, noun: Noun) -> Self {
        let lower = word.to_lowercase();
        let mut letters = lower.chars();
        let (first, second) = (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '));
        let vowel = "aeiouàèéìòù".contains(first);
        // Words in i + vowel ("Iesi" apart) and impure consonants want lo/gli.
        let impure = matches!(first, 'z' | 'x' | 'y')
            || (first == 's' && !"aeiouàèéìòù".contains(second) && second != ' ')
            || matches!((first, second), ('g', 'n') | ('p', 's') | ('p', 'n'));
        match (noun.feminine, noun.plural) {
            (_, false) if vowel => Self::L,
            (true, false) => Self::La,
            (false, false) if impure => Self::Lo,
            (false, false) => Self::Il,
            (true, true) => Self::Le,
            (false, true) if vowel || impure => Self::Gli,
            (false, true) => Self::I,
        }
    }

    /// As written before the word, the space included where there is one.
    pub fn text(self) -> &'static str {
        match self {
            Self::Il => "il ",
            Self::Lo => "lo ",
            Self::La => "la ",
            Self::L => "l’",
            Self::I => "i ",
            Self::Gli => "gli ",
            Self::Le => "le ",
        }
    }
}

/// The joined form of `base` ("di", "a", "da", "in", "su") with `article`, the space included where there is one:
/// "del ", "dell’", "nella ". An unknown base is written apart.
pub fn preposition(base: &str, article: Article) -> String {
    let stem = match base {
        "di" => "de",
        "a" => "a",
        "da" => "da",
        "in" => "ne",
        "su" => "su",
        other => return format!("{other} {}", article.text()),
    };
    match article {
        Article::Il => format!("{stem}l "),
        Article::Lo => format!("{stem}llo "),
        Article::La => format!("{stem}lla "),
        Article::L => format!("{stem}ll’"),
        Article::I => format!("{stem}i "),
        Article::Gli => format!("{stem}gli "),
        Article::Le => format!("{stem}lle "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_bodies_take_the_right_article() {
        let masculine = Noun { feminine: false, plural: false };
        let feminine = Noun { feminine: true, plural: false };
        assert_eq!(with_article("Dirigente delegata"), "la Dirigente delegata");
        assert_eq!(with_article("Dirigente delegato"), "il Dirigente delegato");
        assert_eq!(with_article("Presidente della Provincia"), "il Presidente della Provincia");
        assert_eq!(Article::before("Comune", masculine), Article::Il);
        assert_eq!(Article::before("Unione", feminine), Article::L);
        assert_eq!(Article::before("Ente", masculine), Article::L);
        assert_eq!(Article::before("Provincia", feminine), Article::La);
        assert_eq!(Article::before("Istituto", masculine), Article::L);
        assert_eq!(Article::before("Sportello", masculine), Article::Lo);
        assert_eq!(Article::before("Parco", masculine), Article::Il);
        assert_eq!(with_preposition("da", "Task s.r.l."), "dalla Task s.r.l.");
        assert_eq!(with_article("Servizi Comunali S.p.A."), "la Servizi Comunali S.p.A.");
        assert_eq!(with_article("Tavoli tematici"), "i Tavoli tematici");
        assert_eq!(with_preposition("di", "Enti parco"), "degli Enti parco");
        assert_eq!(with_article("Terme di Acquasanta"), "le Terme di Acquasanta");
        assert_eq!(with_article("Acquedotto S.p.A."), "l’Acquedotto S.p.A.");
        assert_eq!(preposition("di", Article::L), "dell’");
        assert_eq!(preposition("a", Article::Il), "al ");
        assert_eq!(preposition("in", Article::La), "nella ");
        assert_eq!(preposition("da", Article::Lo), "dallo ");
    }
}
