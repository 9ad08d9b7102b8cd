//! Invented officials: names put together by index from fixed lists. Used by the examples only.

const WOMEN: [&str; 20] = [
    "Adele", "Bianca", "Cecilia", "Delia", "Elvira", "Fulvia", "Ginevra", "Ilaria", "Lidia", "Marta", "Nora", "Olivia",
    "Paola", "Rita", "Serena", "Tecla", "Ursula", "Virginia", "Zita", "Emma",
];
const MEN: [&str; 20] = [
    "Alvise", "Bruno", "Carlo", "Dario", "Ettore", "Fabio", "Gino", "Ivo", "Livio", "Mario", "Nino", "Orlando",
    "Pietro", "Remo", "Silvio", "Tullio", "Ugo", "Vito", "Zeno", "Edoardo",
];
/// Surnames made up for the purpose, so that a full name belongs to nobody in office.
const SURNAMES: [&str; 41] = [
    "Acquavera",
    "Altofonte",
    "Belcolle",
    "Biancofiume",
    "Boscochiaro",
    "Brunosasso",
    "Campodolce",
    "Cantoverde",
    "Casagrigia",
    "Chiarapietra",
    "Collebasso",
    "Dolcevento",
    "Fiorlungo",
    "Fontebella",
    "Fortemuro",
    "Gelsoforte",
    "Granobuono",
    "Granponte",
    "Lagosecco",
    "Larghipassi",
    "Lungarivo",
    "Malvafiore",
    "Mezzacosta",
    "Montesereno",
    "Nevelonga",
    "Olivogrande",
    "Ortofranco",
    "Passolento",
    "Pianodoro",
    "Pietralieve",
    "Pontelongo",
    "Pratolevante",
    "Querciamora",
    "Rivachiara",
    "Roccaluce",
    "Selvapiana",
    "Sollevanti",
    "Terrabruna",
    "Torrealta",
    "Valleoscura",
    "Ventosoave",
];

/// An invented person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Given name.
    pub name: &'static str,
    /// Surname.
    pub surname: &'static str,
    /// A woman.
    pub woman: bool,
}

impl Person {
    /// "Adele Acquavera".
    pub fn full(&self) -> String {
        format!("{} {}", self.name, self.surname)
    }
}

/// The `index`-th person; the first 1,640 are all different.
pub fn person(index: usize) -> Person {
    let woman = index.is_multiple_of(2);
    let names = if woman { &WOMEN } else { &MEN };
    // 40 and 41 are coprime: the pairs repeat after 1,640.
    let name = names[index / 2 * 7 % names.len()];
    let surname = SURNAMES[index * 5 % SURNAMES.len()];
    Person { name, surname, woman }
}
