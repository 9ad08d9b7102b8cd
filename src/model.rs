//! A model of acts: what its `model.toml` says. Loaded by `compose`, read by `check` and `fees` for its defaults.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The contents of a `model.toml`. Unknown keys are errors.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Identifier: the folder's name.
    pub id: String,
    /// Name for lists.
    pub nome: String,
    /// What it is and where it comes from, one or two lines.
    pub descrizione: String,
    /// Values that the `Convenzione` sheet takes where it is silent.
    #[serde(default)]
    pub predefiniti: Defaults,
    /// How the fee is computed.
    pub quota: FeeScheme,
    /// Texts and flags for the templates, as `modello.<key>`.
    #[serde(default)]
    pub parametri: BTreeMap<String, Parameter>,
    /// Bodies of consultation.
    #[serde(default)]
    pub organi: Vec<Organo>,
}

/// Defaults of the `Convenzione` sheet.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// Term in years.
    pub durata_anni: Option<u64>,
    /// Days of notice for withdrawal.
    pub recesso_preavviso_giorni: Option<u64>,
    /// First contract year in which a body may withdraw.
    pub recesso_dal_anno: Option<u64>,
    /// Extension: a word of the contract.
    pub rinnovo: Option<String>,
    /// Form of management: a word of the contract.
    pub forma: Option<String>,
    /// Signature: a word of the contract.
    pub firma: Option<String>,
}

/// How the adhesion fee is computed: `[quota]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeScheme {
    /// Criterion.
    pub criterio: Criterion,
    /// How the rates and discounts of a table with several bands apply.
    #[serde(default)]
    pub sconto: Discounts,
    /// A Comune beyond the closed top of table `quota` pays the flat sum of `quota fissa`; otherwise it falls in a hole
    /// of the table, which FEE-01 reports.
    #[serde(default)]
    pub oltre_fissa: bool,
    /// The lead body pays its own fee like any other; otherwise it pays none.
    #[serde(default)]
    pub capofila: bool,
}

impl FeeScheme {
    /// A scheme with the stated defaults.
    pub fn new(criterio: Criterion) -> Self {
        Self { criterio, sconto: Discounts::default(), oltre_fissa: false, capofila: false }
    }
}

/// Criteria of the adhesion fee. The tables are those of sheet `Fasce`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Criterion {
    /// A rate for every inhabitant (table `quota`), a flat sum for bodies that have none (table `quota fissa`).
    Abitante,
    /// For Comuni a rate for every inhabitant (`quota`) and one for every enterprise (`quota imprese`); the flat sum for
    /// all other bodies.
    AbitanteImpresa,
    /// A sum by band of population (`quota`), the flat sum for bodies without inhabitants.
    Fascia,
    /// Yearly costs (`costi fissi`) shared out by workstations.
    Postazione,
    /// The sums of sheet `Stanziamenti`.
    Stanziamento,
    /// No fee.
    Nessuna,
}

impl Criterion {
    /// The word of `model.toml`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Abitante => "abitante",
            Self::AbitanteImpresa => "abitante-impresa",
            Self::Fascia => "fascia",
            Self::Postazione => "postazione",
            Self::Stanziamento => "stanziamento",
            Self::Nessuna => "nessuna",
        }
    }

    /// The table of `Fasce` without which nothing can be computed; `None` where the criterion needs none.
    pub fn table(self) -> Option<&'static str> {
        match self {
            Self::Abitante | Self::AbitanteImpresa | Self::Fascia => Some("quota"),
            Self::Postazione => Some("costi fissi"),
            Self::Stanziamento | Self::Nessuna => None,
        }
    }
}

/// How the rates and discounts of a table of rates with several bands apply. Conventions that speak of "progressive
/// discounts" leave it open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Discounts {
    /// Each band's rate to the inhabitants (or enterprises) that fall in it, as for taxes: whoever grows never pays less.
    #[default]
    Scaglioni,
    /// The rate of the band in which the body falls, to all its inhabitants (or enterprises).
    Intero,
}

/// A parameter of a model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Parameter {
    /// A flag for conditions.
    Flag(bool),
    /// A text.
    Text(String),
}

/// A body of consultation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organo {
    /// Name: "Assemblea dei Sindaci".
    pub nome: String,
    /// Its definite article: "il", "lo", "la", "l’".
    pub articolo: String,
    /// Who sits in it.
    #[serde(default)]
    pub composizione: String,
    /// Who calls it, and how.
    #[serde(default)]
    pub convocazione: String,
    /// How often it meets.
    #[serde(default)]
    pub frequenza: String,
    /// When it is validly met.
    #[serde(default)]
    pub quorum: String,
    /// How it decides.
    #[serde(default)]
    pub maggioranza: String,
    /// What it does.
    #[serde(default)]
    pub competenze: String,
}
