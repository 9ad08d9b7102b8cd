//! Comuni that no longer exist and are no longer in the national list, with what took their place. Used by ENT-11.
//!
//! The list is not complete: it holds the mergers of the territories that the models serve (Marche, Romagna), those of
//! 2023 and 2024, and some well-known others. A name that is neither here nor in the national list is reported by ENT-05.

use chrono::NaiveDate;

/// A suppressed Comune.
#[derive(Debug, Clone, Copy)]
pub struct Suppressed {
    /// Its name.
    pub name: &'static str,
    /// The Comune that took its place.
    pub successor: &'static str,
    /// First day without it, as (year, month, day).
    pub since: (i32, u32, u32),
}

impl Suppressed {
    /// First day without it.
    pub fn since(&self) -> Option<NaiveDate> {
        let (y, m, d) = self.since;
        NaiveDate::from_ymd_opt(y, m, d)
    }
}

macro_rules! suppressed {
    ($($successor:literal ($y:literal, $m:literal, $d:literal): $($name:literal),+;)+) => {
        /// The list.
        pub static SUPPRESSED: &[Suppressed] =
            &[$($(Suppressed { name: $name, successor: $successor, since: ($y, $m, $d) }),+),+];
    };
}

suppressed! {
    "Sassocorvaro Auditore" (2019, 1, 1): "Sassocorvaro", "Auditore";
    "Colli al Metauro" (2017, 1, 1): "Montemaggiore al Metauro", "Saltara", "Serrungarina";
    "Terre Roveresche" (2017, 1, 1): "Barchi", "Orciano di Pesaro", "Piagge", "San Giorgio di Pesaro";
    "Vallefoglia" (2014, 1, 1): "Colbordolo", "Sant’Angelo in Lizzola";
    "Pesaro" (2020, 7, 1): "Monteciccardo";
    "Trecastelli" (2014, 1, 1): "Castel Colonna", "Monterado", "Ripe";
    "Valfornace" (2017, 1, 1): "Fiordimonte", "Pievebovigliana";
    "Fiastra" (2017, 1, 1): "Acquacanina";
    "Poggio Torriana" (2014, 1, 1): "Poggio Berni", "Torriana";
    "Montescudo-Monte Colombo" (2016, 1, 1): "Montescudo", "Monte Colombo";
    "Valsamoggia" (2014, 1, 1): "Bazzano", "Castello di Serravalle", "Crespellano", "Monteveglio", "Savigno";
    "Fiscaglia" (2014, 1, 1): "Massa Fiscaglia", "Migliarino", "Migliaro";
    "Figline e Incisa Valdarno" (2014, 1, 1): "Figline Valdarno", "Incisa in Val d’Arno";
    "Alpago" (2016, 2, 23): "Farra d’Alpago", "Pieve d’Alpago", "Puos d’Alpago";
    "Corigliano-Rossano" (2018, 3, 31): "Corigliano Calabro", "Rossano";
    "Setteville" (2024, 1, 22): "Alano di Piave", "Quero Vas";
    "Sovizzo" (2024, 1, 22): "Gambugliano";
    "Santa Caterina d’Este" (2024, 1, 22): "Carceri", "Vighizzolo d’Este";
    "Uggiate con Ronago" (2024, 1, 1): "Uggiate-Trevano", "Ronago";
    "Bardello con Malgesso e Bregano" (2023, 1, 1): "Bardello", "Malgesso", "Bregano";
    "Presicce-Acquarica" (2019, 5, 15): "Acquarica del Capo", "Presicce";
}
