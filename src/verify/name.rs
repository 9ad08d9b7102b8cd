//! Is the person of a certificate the one whom an act names? Names are compared as words, without titles.

use crate::italian;

const TITLES: [&str; 26] = [
    "dott",
    "dottssa",
    "dr",
    "drssa",
    "avv",
    "ing",
    "arch",
    "geom",
    "prof",
    "profssa",
    "rag",
    "cav",
    "on",
    "sig",
    "sigra",
    "ssa",
    "dottor",
    "dottoressa",
    "avvocato",
    "ingegner",
    "professor",
    "professoressa",
    "signor",
    "signora",
    "sindaco",
    "notaio",
];

/// True where two names are of the same person as far as names tell: the same words in any order, or one with a given
/// name more (certificates carry them all). Two words at least must agree, and all of the shorter name.
pub fn same_person(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    short.len() >= 2 && long.len() <= short.len() + 2 && short.iter().all(|word| long.contains(word))
}

fn words(name: &str) -> Vec<String> {
    let folded = italian::fold(name);
    folded.split(' ').filter(|word| !word.is_empty() && !TITLES.contains(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_case_titles_and_further_names_do_not_matter() {
        assert!(same_person("Dott.ssa Maria Grazia D’Amico", "D'AMICO MARIA GRAZIA"));
        assert!(same_person("Niccolò Fusi", "NICCOLO' FUSI"));
        assert!(same_person("Anna Rossi", "ROSSI ANNA MARIA"));
        assert!(!same_person("Anna Rossi", "Anna Bianchi"));
        assert!(!same_person("Anna Rossi", "Rossi"));
        assert!(!same_person("………", "Anna Rossi"));
    }
}
