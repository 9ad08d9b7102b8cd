//! A model of acts: what its `model.toml` says. Loaded by `compose`, read by `check` and `fees` for its defaults.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::date::YearDay;

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
    /// Days of the year on which something is due.
    #[serde(default)]
    pub scadenze: Schedule,
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

/// Days that the clauses say in words, for the list of deadlines; each is the same as in the words of `parametri`. What
/// is not said is not listed, save where a default is stated.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Day by which the lead body charges the fee of the contract year: "31/10".
    pub addebito: Option<YearDay>,
    /// Day by which the fee is paid: the first one from the charge on, or from the start of the year without charge.
    pub pagamento: Option<YearDay>,
    /// Days from the charge within which the fee is paid, where there is no fixed day.
    pub pagamento_giorni: Option<u32>,
    /// Day by which the accounts of the year before are presented.
    pub rendiconto: Option<YearDay>,
    /// Day by which the services of the next year are confirmed; 31 December where it is not said.
    pub conferma: Option<YearDay>,
    /// Days of notice before the end of the year for giving up a service that states none of its own.
    pub disdetta_giorni: Option<u64>,
    /// Months before the end of the term by which the lead body proposes the terms of the next; 6 where it is not said.
    pub condizioni_mesi: Option<u32>,
    /// Days before the end of the term by which the deliberations of renewal begin; 90 where it is not said.
    pub rinnovo_giorni: Option<u64>,
}

/// How the adhesion fee is computed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeScheme {
    /// Criterion.
    pub criterio: Criterion,
}

/// Criteria of the adhesion fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Criterion {
    /// A rate for every inhabitant (table `quota`), a flat sum for bodies that have none (table `quota fissa`).
    Abitante,
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
