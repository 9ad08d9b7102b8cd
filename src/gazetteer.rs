//! The national list of Comuni, built into the program; completes and contradicts what the sheet says.
//!
//! Source: "Elaborazione su dati ISTAT, AgID-IndicePA e Ministero dell'Interno-ANPR (CC BY)", 2025 boundaries,
//! population on 1 January 2023. The list is parsed once, on first use (about 10 ms).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::italian::{fold, street};

static CSV: &str = include_str!("gazetteer/comuni.csv");
static LIST: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::parse);

/// Day to which the list's populations refer, as (year, month, day).
pub const POPULATION_DAY: (i32, u32, u32) = (2023, 1, 1);

/// A Comune of the list. Empty strings where the source has nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Comune {
    /// ISTAT code, 6 digits.
    pub codice_istat: String,
    /// Name, with accents; bilingual ones as "A/B".
    pub nome: String,
    /// Name of the province or metropolitan city.
    pub provincia: String,
    /// Its two-letter sign.
    pub sigla: String,
    /// 1 where the Comune is a provincial capital.
    pub capoluogo: String,
    /// Region.
    pub regione: String,
    /// Cadastral code, e.g. A074.
    pub codice_catastale: String,
    /// CAP, 5 digits.
    pub cap: String,
    /// Residents on [`POPULATION_DAY`].
    pub popolazione_2023: Option<u64>,
    /// ISTAT code in the register of residents, 2026.
    pub codice_istat_anpr_2026: String,
    /// Province sign in that register.
    pub sigla_anpr_2026: String,
    /// "S" while the Comune exists.
    pub attivo_anpr_2026: String,
    /// IndicePA code, e.g. c_a074.
    pub codice_ipa: String,
    /// Codice fiscale, 11 digits.
    pub codice_fiscale: String,
    /// Street and number of the seat, as IndicePA has them; [`Comune::street`] writes them well.
    pub indirizzo: String,
    /// Certified e-mail.
    pub pec: String,
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

/// The list with its indexes.
#[derive(Debug)]
pub struct Gazetteer {
    comuni: Vec<Comune>,
    by_istat: BTreeMap<String, usize>,
    by_code: BTreeMap<String, usize>,
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Gazetteer {
    /// The list.
    pub fn get() -> &'static Self {
        &LIST
    }

    fn parse() -> Self {
        // The list is ours and a test reads it whole: a row that does not parse cannot reach a user.
        let comuni: Vec<Comune> =
            csv::Reader::from_reader(CSV.as_bytes()).deserialize().filter_map(Result::ok).collect();
        let mut list =
            Self { by_istat: BTreeMap::new(), by_code: BTreeMap::new(), by_name: BTreeMap::new(), comuni: Vec::new() };
        for (index, comune) in comuni.iter().enumerate() {
            for code in [&comune.codice_istat, &comune.codice_istat_anpr_2026] {
                list.by_istat.entry(code.clone()).or_insert(index);
            }
            for code in [&comune.codice_ipa, &comune.codice_catastale] {
                if !code.is_empty() {
                    list.by_code.entry(code.to_lowercase()).or_insert(index);
                }
            }
            let mut names: Vec<String> = comune.nome.split('/').chain([comune.nome.as_str()]).map(fold).collect();
            names.sort();
            names.dedup();
            for name in names {
                list.by_name.entry(name).or_default().push(index);
            }
        }
        list.comuni = comuni;
        list
    }

    /// Every Comune, in order of ISTAT code.
    pub fn all(&self) -> &[Comune] {
        &self.comuni
    }

    /// By ISTAT code, of 2025 or of the register of residents.
    pub fn by_istat(&self, code: &str) -> Option<&Comune> {
        self.by_istat.get(code).map(|&index| &self.comuni[index])
    }

    /// By IndicePA code (`c_a074`) or cadastral code (`A074`), case ignored.
    pub fn by_code(&self, code: &str) -> Option<&Comune> {
        self.by_code.get(&code.trim().to_lowercase()).map(|&index| &self.comuni[index])
    }

    /// All Comuni with this name, accents and case ignored; two for the five pairs of homonyms.
    pub fn by_name(&self, name: &str) -> Vec<&Comune> {
        self.by_name.get(&fold(name)).into_iter().flatten().map(|&index| &self.comuni[index]).collect()
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
