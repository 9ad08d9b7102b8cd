//! The national list of Comuni, built into the program; completes and contradicts what the sheet says.
//!
//! Source: "Elaborazione su dati ISTAT, AgID-IndicePA e Ministero dell'Interno-ANPR (CC BY)", 2025 boundaries,
//! population on 1 January 2023. The list is parsed once, on first use (some 5 ms).

use std::sync::LazyLock;

use ecow::EcoString;

use crate::italian::{fold, street};

static CSV: &str = include_str!("gazetteer/comuni.csv");
static LIST: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::parse);
/// By [`bones`]; made only for a sheet with a name that the list does not have.
static BONES: LazyLock<Index> = LazyLock::new(|| {
    let names = |(index, comune): (usize, &Comune)| -> Vec<(EcoString, usize)> {
        let halves =
            comune.nome.split('/').filter(|_| comune.nome.contains('/')).map(|half| (bones(half).into(), index));
        std::iter::once((bones(&comune.nome).into(), index)).chain(halves).collect()
    };
    Index::of(LIST.comuni.iter().enumerate().flat_map(names).collect())
});

/// Day to which the list's populations refer, as (year, month, day).
pub const POPULATION_DAY: (i32, u32, u32) = (2023, 1, 1);

/// A Comune of the list. Empty strings where the source has nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comune {
    /// ISTAT code, 6 digits.
    pub codice_istat: EcoString,
    /// Name, with accents; bilingual ones as "A/B".
    pub nome: EcoString,
    /// Name of the province or metropolitan city.
    pub provincia: EcoString,
    /// Its two-letter sign.
    pub sigla: EcoString,
    /// 1 where the Comune is a provincial capital.
    pub capoluogo: EcoString,
    /// Region.
    pub regione: EcoString,
    /// Cadastral code, e.g. A074.
    pub codice_catastale: EcoString,
    /// CAP, 5 digits.
    pub cap: EcoString,
    /// Residents on [`POPULATION_DAY`].
    pub popolazione_2023: Option<u64>,
    /// ISTAT code in the register of residents, 2026.
    pub codice_istat_anpr_2026: EcoString,
    /// Province sign in that register.
    pub sigla_anpr_2026: EcoString,
    /// "S" while the Comune exists.
    pub attivo_anpr_2026: EcoString,
    /// IndicePA code, e.g. c_a074.
    pub codice_ipa: EcoString,
    /// Codice fiscale, 11 digits.
    pub codice_fiscale: EcoString,
    /// Street and number of the seat, as IndicePA has them; [`Comune::street`] writes them well.
    pub indirizzo: EcoString,
    /// Certified e-mail.
    pub pec: EcoString,
}

impl Comune {
    /// Street and number of the seat, as they are written in an act; empty where not known.
    pub fn street(&self) -> String {
        street(&self.indirizzo)
    }

    /// False for a suppressed or merged Comune.
    pub fn exists(&self) -> bool {
        self.attivo_anpr_2026 != "N"
    }

    /// True where `name` is the Comune's name cut short or lengthened, in either language: "Capaccio" for "Capaccio Paestum".
    pub fn is_nearly_named(&self, name: &str) -> bool {
        const FEWEST_LETTERS: usize = 4;
        let name = bones(name);
        let near = |own: &str| own.len() >= FEWEST_LETTERS && (own.starts_with(&name) || name.starts_with(own));
        name.len() >= FEWEST_LETTERS && self.nome.split(['/', '-']).any(|own| near(&bones(own)))
    }

    /// True for a provincial capital.
    pub fn is_capital(&self) -> bool {
        self.capoluogo == "1"
    }

    /// "Comune di Agliè".
    pub fn full_name(&self) -> String {
        format!("Comune di {}", self.nome)
    }

    /// True where `name` is one of the Comune's names, in either language, whatever the accents.
    pub fn is_named(&self, name: &str) -> bool {
        let name = fold(name);
        fold(&self.nome) == name || self.nome.split('/').any(|part| fold(part) == name)
    }
}

/// The columns that are read, in order of the fields of a [`Comune`].
const COLUMNS: [&str; 16] = [
    "codice_istat",
    "nome",
    "provincia",
    "sigla",
    "capoluogo",
    "regione",
    "codice_catastale",
    "cap",
    "popolazione_2023",
    "codice_istat_anpr_2026",
    "sigla_anpr_2026",
    "attivo_anpr_2026",
    "codice_ipa",
    "codice_fiscale",
    "indirizzo",
    "pec",
];

impl Comune {
    /// From the fields of a row, in order of [`COLUMNS`].
    fn of(fields: [&str; 16]) -> Self {
        let population = fields[8].parse().ok();
        let [
            codice_istat,
            nome,
            provincia,
            sigla,
            capoluogo,
            regione,
            codice_catastale,
            cap,
            _,
            codice_istat_anpr_2026,
            sigla_anpr_2026,
            attivo_anpr_2026,
            codice_ipa,
            codice_fiscale,
            indirizzo,
            pec,
        ] = fields.map(EcoString::from);
        Self {
            codice_istat,
            nome,
            provincia,
            sigla,
            capoluogo,
            regione,
            codice_catastale,
            cap,
            popolazione_2023: population,
            codice_istat_anpr_2026,
            sigla_anpr_2026,
            attivo_anpr_2026,
            codice_ipa,
            codice_fiscale,
            indirizzo,
            pec,
        }
    }
}

/// Positions in the list by a key, in order of key and then of position.
#[derive(Debug)]
struct Index(Vec<(EcoString, usize)>);

impl Index {
    fn of(mut entries: Vec<(EcoString, usize)>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        Self(entries)
    }

    /// The positions under a key, in order.
    fn all<'i>(&'i self, key: &'i str) -> impl Iterator<Item = usize> + 'i {
        let from = self.0.partition_point(|(known, _)| known.as_str() < key);
        let rest = self.0.get(from..).unwrap_or_default();
        rest.iter().take_while(move |(known, _)| known == key).map(|(_, position)| *position)
    }
}

/// The list with its indexes.
#[derive(Debug)]
pub struct Gazetteer {
    comuni: Vec<Comune>,
    by_istat: Index,
    by_code: Index,
    by_name: Index,
    by_tax_code: Index,
    by_pec: Index,
}

/// A name without what registers write in more than one way: spaces, apostrophes, accents, prepositions, "j" for "i".
/// "Cortina D' Ampezzo" and "Cortina d’Ampezzo", "Reggio Emilia" and "Reggio nell’Emilia", "Roccella Jonica" and "Roccella Ionica".
fn bones(name: &str) -> String {
    const SMALL: [&str; 22] = [
        "d", "di", "de", "del", "dei", "della", "delle", "dello", "degli", "dell", "in", "nel", "nell", "nella", "a",
        "al", "all", "alla", "allo", "alle", "l", "sul",
    ];
    let spaced: String = name.chars().map(|c| if matches!(c, '\'' | '’' | '`') { ' ' } else { c }).collect();
    let folded = fold(&spaced);
    let words: Vec<&str> = folded.split(' ').filter(|word| !SMALL.contains(word)).collect();
    words.concat().replace('j', "i")
}

impl Gazetteer {
    /// The list.
    pub fn get() -> &'static Self {
        &LIST
    }

    fn parse() -> Self {
        // The list is ours and a test reads it whole: a row that does not parse cannot reach a user.
        let mut reader = csv::Reader::from_reader(CSV.as_bytes());
        let head = reader.headers().cloned().unwrap_or_default();
        let places = COLUMNS.map(|name| head.iter().position(|column| column == name));
        let mut record = csv::StringRecord::new();
        let mut comuni = Vec::new();
        while reader.read_record(&mut record).unwrap_or(false) {
            comuni.push(Comune::of(places.map(|place| place.and_then(|place| record.get(place)).unwrap_or_default())));
        }
        let (mut by_istat, mut by_code, mut by_name) = (Vec::new(), Vec::new(), Vec::new());
        let (mut by_tax_code, mut by_pec) = (Vec::new(), Vec::new());
        for (index, comune) in comuni.iter().enumerate() {
            by_istat.extend([&comune.codice_istat, &comune.codice_istat_anpr_2026].map(|code| (code.clone(), index)));
            let codes = [&comune.codice_ipa, &comune.codice_catastale].into_iter().filter(|code| !code.is_empty());
            by_code.extend(codes.map(|code| (code.to_lowercase(), index)));
            by_tax_code
                .extend(Some(&comune.codice_fiscale).filter(|code| !code.is_empty()).map(|it| (it.clone(), index)));
            by_pec.extend(Some(&comune.pec).filter(|pec| !pec.is_empty()).map(|pec| (pec.to_lowercase(), index)));
            by_name.push((fold(&comune.nome).into(), index));
            if comune.nome.contains('/') {
                by_name.extend(comune.nome.split('/').map(|name| (fold(name).into(), index)));
            }
        }
        Self {
            comuni,
            by_istat: Index::of(by_istat),
            by_code: Index::of(by_code),
            by_name: Index::of(by_name),
            by_tax_code: Index::of(by_tax_code),
            by_pec: Index::of(by_pec),
        }
    }

    /// Every Comune, in order of ISTAT code.
    pub fn all(&self) -> &[Comune] {
        &self.comuni
    }

    /// By ISTAT code, of 2025 or of the register of residents.
    pub fn by_istat(&self, code: &str) -> Option<&Comune> {
        self.by_istat.all(code).next().and_then(|index| self.comuni.get(index))
    }

    /// By IndicePA code (`c_a074`) or cadastral code (`A074`), case ignored.
    pub fn by_code(&self, code: &str) -> Option<&Comune> {
        self.by_code.all(&code.trim().to_lowercase()).next().and_then(|index| self.comuni.get(index))
    }

    /// The first Comune with this codice fiscale.
    pub fn by_tax_code(&self, code: &str) -> Option<&Comune> {
        self.by_tax_code.all(code).next().and_then(|index| self.comuni.get(index))
    }

    /// The Comuni with this certified address, case ignored: some share that of their Union.
    pub fn by_pec(&self, pec: &str) -> Vec<&Comune> {
        self.by_pec.all(&pec.trim().to_lowercase()).filter_map(|index| self.comuni.get(index)).collect()
    }

    /// All Comuni with this name, accents and case ignored; two for the five pairs of homonyms. A name that no Comune has is
    /// looked for among those that differ in spaces, prepositions and the like.
    pub fn by_name(&self, name: &str) -> Vec<&Comune> {
        let found: Vec<&Comune> = self.by_name.all(&fold(name)).filter_map(|index| self.comuni.get(index)).collect();
        if !found.is_empty() {
            return found;
        }
        let bare = bones(name);
        BONES.all(&bare).filter(|_| !bare.is_empty()).filter_map(|index| self.comuni.get(index)).collect()
    }

    /// The one Comune with this name, in the province where it is given.
    pub fn find(&self, name: &str, province: Option<&str>) -> Option<&Comune> {
        let found = self.by_name(name);
        let found: Vec<_> = match province {
            Some(sign) if found.len() > 1 => found
                .into_iter()
                .filter(|comune| comune.sigla.eq_ignore_ascii_case(sign) || fold(&comune.provincia) == fold(sign))
                .collect(),
            _ => found,
        };
        match found.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The nearest name, for "did you mean".
    pub fn nearest(&self, name: &str) -> Option<&str> {
        crate::italian::nearest(name, self.comuni.iter().map(|comune| comune.nome.as_str()))
    }

    /// The sign of a province from its name or sign, if the list has it.
    pub fn province_sign(&self, province: &str) -> Option<&str> {
        let wanted = fold(province);
        self.comuni
            .iter()
            .find(|comune| fold(&comune.sigla) == wanted || fold(&comune.provincia) == wanted)
            .map(|comune| comune.sigla.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_list_is_read() {
        assert_eq!(Gazetteer::get().all().len(), 7_897);
        let head: Vec<&str> = CSV.lines().next().unwrap().split(',').collect();
        assert!(COLUMNS.iter().all(|column| head.contains(column)), "{head:?}");
        let aglie = Gazetteer::get().by_code("A074").unwrap();
        assert_eq!((aglie.nome.as_str(), aglie.popolazione_2023, aglie.sigla.as_str()), ("Agliè", Some(2_558), "TO"));
        assert_eq!(aglie.pec, "protocollo@pec.comune.aglie.to.it");
    }

    #[test]
    fn homonyms_need_their_province() {
        let list = Gazetteer::get();
        assert_eq!(list.by_name("Peglio").len(), 2);
        assert!(list.find("Peglio", None).is_none());
        assert_eq!(list.find("peglio", Some("PU")).map(|c| c.sigla.as_str()), Some("PU"));
        assert_eq!(list.find("AGLIE'", None).map(|c| c.codice_istat.as_str()), Some("001001"));
    }

    #[test]
    fn either_language_is_a_name() {
        let comune = Gazetteer::get().find("Bozen", None);
        assert!(comune.is_some_and(|c| c.is_named("Bolzano") && c.is_named("Bolzano/Bozen")));
    }
}
